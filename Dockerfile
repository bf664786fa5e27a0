# One image for every role. Build: docker build -t sambang .
FROM python:3.11-slim AS build
WORKDIR /src
RUN python -m venv /opt/sambang && /opt/sambang/bin/pip install --no-cache-dir uv==0.13.9
COPY requirements.lock .
RUN VIRTUAL_ENV=/opt/sambang /opt/sambang/bin/uv pip install --no-cache --compile-bytecode --require-hashes -r requirements.lock
COPY . .
RUN VIRTUAL_ENV=/opt/sambang /opt/sambang/bin/uv pip install --no-cache --compile-bytecode --no-deps . \
 && /opt/sambang/bin/pip uninstall --yes uv

FROM python:3.11-slim
RUN useradd --create-home --uid 10001 sambang && install -d -o sambang -m 700 /data
COPY --from=build /opt/sambang /opt/sambang
ENV PATH=/opt/sambang/bin:$PATH PYTHONUNBUFFERED=1 SAMBANG_HOST=0.0.0.0 SAMBANG_DATA_DIR=/data
USER sambang
WORKDIR /home/sambang
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s CMD ["python", "-c", \
  "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["sambang", "run"]
