# The steps are the Makefile's own, so that what is built here is what was tested there.
#   docker build --tag chapter-and-verse .
#   docker run --rm --interactive --tty --read-only --volume verse:/data chapter-and-verse

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
ENV PATH=/app/.venv/bin:$PATH DATA_DIR=/data
# A number, so that whoever runs it can see that it is not root. A mounted folder must belong to this number.
USER 10001
WORKDIR /data
# The index is built here at the first start, and what is temporary falls here too where all else is read-only.
VOLUME /data
ENTRYPOINT ["verse"]
CMD ["chat"]
