# Two images: `service` (web, worker, beat, migrate: the default) and `operations` (backup and restore, which need
# PostgreSQL's own programs). Both hold the same packages and the same program; neither holds the demo or the tests.

FROM node:24.21.0-bookworm-slim AS front-end
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-progress

FROM python:3.13.16-slim-trixie AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_NO_INPUT=1 PYTHONPATH=/packages
WORKDIR /app
COPY requirements/base.txt requirements/
RUN python -m pip install --require-hashes --only-binary :all: --target /packages --requirement requirements/base.txt
COPY . .
COPY --from=front-end /src/node_modules node_modules
RUN python launch/frontend.py \
    && DJANGO_SETTINGS_MODULE=safeguarding.settings.base python manage.py collectstatic --noinput --verbosity 0 \
    && rm -r node_modules \
    && python -m compileall -q /packages /app

# The Python of this Debian has the minor version of the build stage, or its first line here fails.
FROM postgres:18.6-trixie AS operations
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends python3 \
    && rm -rf /var/lib/apt/lists/*
ENV PYTHONPATH=/packages PYTHONUNBUFFERED=1 DJANGO_SETTINGS_MODULE=safeguarding.settings.base
WORKDIR /app
COPY --from=build /packages /packages
COPY --from=build /app /app
RUN python3 -c "import psycopg, sys; assert sys.version_info[:2] == (3, 13)" && pg_dump --version
USER 10001:10001
ENTRYPOINT ["python3", "manage.py"]
CMD ["help", "backup"]

FROM python:3.13.16-slim-trixie AS service
ENV PYTHONPATH=/packages PYTHONUNBUFFERED=1 DJANGO_SETTINGS_MODULE=safeguarding.settings.prod WEB_CONCURRENCY=2
WORKDIR /app
COPY --from=build /packages /packages
COPY --from=build /app /app
RUN groupadd --gid 10001 service \
    && useradd --uid 10001 --gid 10001 --no-log-init --no-create-home --shell /usr/sbin/nologin service
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=20s --timeout=5s --start-period=20s --retries=3 CMD ["python", "deploy/healthcheck.py", "web"]
CMD ["python", "-m", "gunicorn", "--config", "deploy/gunicorn.py", "--bind", "0.0.0.0:8000", "safeguarding.wsgi"]
