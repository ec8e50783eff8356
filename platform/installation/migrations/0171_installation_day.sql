-- Since when which business date has stood in a demo: what was done is shown under the day that stood then.
CREATE TABLE installation_day (at INTEGER NOT NULL PRIMARY KEY, day INTEGER NOT NULL)
