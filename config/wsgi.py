"""The web application, for any WSGI server."""

import os

from django.core.wsgi import get_wsgi_application

from config import celery  # noqa: F401 (what pages enqueue goes to this app and its broker)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()
