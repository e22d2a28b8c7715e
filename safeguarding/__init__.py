"""The Django project: settings, URLs, Celery and WSGI. It ties everything together; nothing imports it."""
