# The steps are the Makefile's own, so that what is built here is what was tested there.
#   docker build --tag chapter-and-verse .
#   docker run --rm --read-only --volume verse:/data --publish 8080:8080 chapter-and-verse
#   docker run --rm --interactive --tty --read-only --volume verse:/data chapter-and-verse chat

FROM python:3.12-slim AS build
RUN apt-get update && apt-get install --yes --no-install-recommends make && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY . .
RUN make setup
# The next stage installs nothing and cannot write here: it needs no installer, and its bytecode now.
RUN .venv/bin/python -m pip uninstall --quiet --yes uv pip && .venv/bin/python -m compileall -q adapters bot knowledge

# The same base and the same folder: .venv leads to the base's Python, and its scripts name /app.
FROM python:3.12-slim
RUN useradd --uid 10001 --home-dir /data --shell /usr/sbin/nologin verse && install --directory --owner verse --group verse /data
COPY --from=build /app /app
# /metrics stays on the loopback of the container: METRICS_HOST=0.0.0.0 opens it to whoever scrapes it.
ENV PATH=/app/.venv/bin:$PATH DATA_DIR=/data HOST=0.0.0.0 PORT=8080
# A number, so that whoever runs it can see that it is not root. A mounted folder must belong to this number.
USER 10001
WORKDIR /data
# The index is built here at the first start, and what is temporary falls here too where all else is read-only.
VOLUME /data
EXPOSE 8080
# Whether the process lives. /readyz also says whether it can be relied on, which takes a minute at the first start.
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s CMD ["python", "-c", "import os, urllib.request as web; web.urlopen(f\"http://127.0.0.1:{os.environ['PORT']}/healthz\", timeout=4)"]
# Ten seconds are enough to finish or give back what is in flight.
STOPSIGNAL SIGTERM
ENTRYPOINT ["verse"]
CMD ["serve"]
