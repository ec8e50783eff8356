# Background jobs
job-lost = Another process has taken this job over.
job-gave-up = This job was cut off several times and is not tried again. Ask the system administrator to look at the log.
