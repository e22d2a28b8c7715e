"""The worker and its clock. `celery -A safeguarding.celery worker` and `... beat`."""

from celery import Celery

app = Celery("safeguarding")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(related_name="tasks")
app.autodiscover_tasks(related_name="schedules")
