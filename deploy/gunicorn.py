"""How gunicorn serves (ADR 40). WEB_CONCURRENCY says how many processes; a proxy with TLS stands in front."""

bind = "127.0.0.1:8000"
worker_class = "gthread"
threads = 4  # each keeps one connection to the database (ADR 41)
timeout = 30  # a process that has stopped answering is replaced
graceful_timeout = 20
keepalive = 15
max_requests = 5000
max_requests_jitter = 500
worker_tmp_dir = "/dev/shm"  # noqa: S108 - gunicorn's own advice: its heartbeat must never wait for a disk
control_socket_disable = True
