# The service and the command line in one image: `docker run bonafide verify --help`.
# It writes to /data (what the service keeps), /work (the reports of `verify` and `demo`) and /tmp only,
# and runs read-only with those mounted. Opened evidence lies in /dev/shm: give it room (--shm-size=2g).

FROM python:3.11-slim-bookworm AS build
ENV UV_PYTHON_DOWNLOADS=never UV_PROJECT_ENVIRONMENT=/app/.venv UV_NO_CACHE=1 UV_COMPILE_BYTECODE=1
RUN python -m venv /opt/uv && /opt/uv/bin/pip install --no-cache-dir "uv>=0.13.8,<0.14"
WORKDIR /build
# Dependencies first: a change of the code alone does not install them again.
COPY pyproject.toml uv.lock ./
RUN /opt/uv/bin/uv sync --locked --no-dev --extra batch --extra landmarks --no-install-project
COPY . .
RUN /opt/uv/bin/uv sync --locked --no-dev --extra batch --extra landmarks --no-editable

FROM python:3.11-slim-bookworm
# scripts/debian-packages names the same for machines without Docker.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends git tesseract-ocr fonts-ocr-b fonts-dejavu-core \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/cache/debconf/*-old /var/log/apt /var/log/dpkg.log \
    && useradd --uid 10001 --home-dir /work --create-home --shell /usr/sbin/nologin bonafide \
    && install --directory --owner=bonafide --group=bonafide --mode=0700 /data /var/cache/bonafide
COPY --from=build /app/.venv /app/.venv
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 MPLCONFIGDIR=/tmp/matplotlib \
    BONAFIDE_FOLDER=/data BONAFIDE_CACHE=/var/cache/bonafide
VOLUME /data
USER 10001
# The face models are converted here, or every start of a container would do it.
RUN python -c "from verifiers.face_engines.onnx_engine import OnnxEngine; OnnxEngine().load()"
WORKDIR /work
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["python", "-c", \
    "import http.client as http; c = http.HTTPConnection('127.0.0.1', 8000, timeout=3); c.request('GET', '/livez'); raise SystemExit(c.getresponse().status != 200)"]
ENTRYPOINT ["bonafide"]
CMD ["serve", "--host", "0.0.0.0"]
