# `studyllm serve` in a container: the app in a browser. docs/packaging.md says how to build, run and what is let in.
FROM python:3.11-slim AS build
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
# What pip is to be told, as --build-arg PIP_EXTRA_INDEX_URL=…: an index of torch without CUDA saves gigabytes.
ARG PIP_INDEX_URL
ARG PIP_EXTRA_INDEX_URL
ARG CMAKE_ARGS="-DLLAVA_BUILD=OFF -DLLAMA_BUILD_TESTS=OFF -DLLAMA_BUILD_EXAMPLES=OFF -DLLAMA_BUILD_TOOLS=OFF -DLLAMA_BUILD_SERVER=OFF -DGGML_NATIVE=OFF"
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends build-essential \
    && rm -rf /var/lib/apt/lists/*
RUN python -m venv /opt/studyllm
WORKDIR /source
COPY constraints.txt ./
COPY pyproject.toml README.md LICENSE NOTICE MANIFEST.in ./
COPY decks decks
COPY man man
COPY notes notes
COPY studyllm studyllm
RUN /opt/studyllm/bin/pip install --no-cache-dir --constraint constraints.txt .

FROM python:3.11-slim
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libgomp1 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 1000 learner \
    && install --directory --owner=learner --group=learner --mode=0700 /data
COPY --from=build /opt/studyllm /opt/studyllm
ENV PATH=/opt/studyllm/bin:$PATH \
    LANG=C.UTF-8 \
    STUDYLLM_HOME=/data/home \
    STUDYLLM_MODELS=/data/models
USER 1000
WORKDIR /data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import socket; socket.create_connection(('127.0.0.1', 8000), 3).close()"]
ENTRYPOINT ["studyllm"]
CMD ["serve", "--host", "0.0.0.0", "--allow-remote"]
