# The bot, for a container: two stages, a user of its own, and a root file system that may be read-only.
# It writes to /data only (an SQLite file, where no PostgreSQL is set), and to /tmp.
FROM python:3.13-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never
WORKDIR /build
COPY requirements/tools.txt requirements/run.txt requirements/run_uv.py requirements/
# uv stays behind in this stage. The environment that goes on holds the pins of run.txt and no installer.
RUN python -m venv /build/tools \
 && /build/tools/bin/python -m pip install --quiet --require-hashes -r requirements/tools.txt \
 && python -m venv --without-pip /opt/venv \
 && /build/tools/bin/python requirements/run_uv.py pip install --quiet --python /opt/venv/bin/python \
      --require-hashes --compile-bytecode -r requirements/run.txt
COPY bot /app/bot
COPY handlers /app/handlers
COPY models /app/models
RUN python -m compileall -q /app

FROM python:3.13-slim
RUN install -d -o 10001 -g 10001 /data
COPY --from=build /opt/venv /opt/venv
COPY --from=build /app /app
# HOME: slack_bolt asks for one when it is imported, and this user has none of its own.
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOME=/data \
    HOST=0.0.0.0 \
    PORT=3000 \
    LOG_FORMAT=json \
    DATABASE_URL=sqlite:////data/escalations.db \
    ESCALATION_CONFIG=/config/escalation.toml
WORKDIR /app
USER 10001:10001
VOLUME /data
EXPOSE 3000
# Anything but a 200 raises, and so fails.
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s CMD ["python", "-c", \
  "import os, urllib.request; urllib.request.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/healthz', timeout=4)"]
# As a list, so that python is process 1 and SIGTERM reaches it: it drains, then leaves.
CMD ["python", "-m", "bot", "serve"]
