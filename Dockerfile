# The Zubda server with its models, for CPU. See docs/operations.md.
#
# BASE needs Python 3.11 or newer with the venv module: an official Python image,
# or Debian with python3-venv. Both stages use it, because a virtual environment
# belongs to the interpreter that made it.
ARG BASE=docker.io/library/python:3.13-slim

FROM ${BASE} AS build
# One environment to build in; the one that ships holds no pip.
RUN python3 -m venv /build && python3 -m venv --without-pip /opt/zubda
WORKDIR /src
COPY pyproject.toml README.md LICENSE ./
COPY client client
COPY server server
COPY models models
# Behind a mirror or a proxy, give pip's settings as the secret "pip": they are
# used here and kept nowhere.
RUN --mount=type=secret,id=pip,target=/etc/pip.conf \
    /build/bin/python -m pip --python /opt/zubda --no-cache-dir --disable-pip-version-check \
        install '.[server]'

FROM ${BASE}
ARG VERSION=unknown
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Zubda" \
      org.opencontainers.image.description="Arabic news, summarized and translated, over gRPC" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
COPY --from=build /opt/zubda /opt/zubda
# A container is reached from outside, and by default something in front of it
# encrypts: hence ZUBDA_INSECURE. Setting ZUBDA_TLS_* turns TLS on nevertheless.
ENV PATH=/opt/zubda/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HF_HUB_OFFLINE=1 \
    ZUBDA_ADDRESS=0.0.0.0:50051 \
    ZUBDA_INSECURE=true
# By number, so that Kubernetes can see that it is not root.
USER 10001:10001
EXPOSE 50051
HEALTHCHECK --interval=5s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-m", "zubda_server.healthcheck"]
ENTRYPOINT ["zubda-server"]
