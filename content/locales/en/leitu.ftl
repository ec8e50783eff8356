serve-plain-http = Not started: { $listen } is not loopback and there is no https. Give --tls-cert and --tls-key, or stand behind a proxy with --public-url and --trusted-proxy, or say --insecure-http for a closed network without certificates
port-taken = Not started: { $listen } is in use by another program. Choose another with --listen
cannot-listen = Not started: cannot listen on { $listen } ({ $why }). Choose another with --listen
data-dir = The data directory { $dir } cannot be used ({ $why }). Check its permissions or choose another with --data-dir
set-up-code = There are no accounts yet. Open the address above and begin the set-up with the one-time code { $code }
