# syntax=docker/dockerfile:1
# The portal without the demo, in an image with no shell, run by nobody in particular.
#
# Built by hand, not in CI:  docker build -t roster .
# Run with a file system that cannot be written, but for the folder of the data:
#
#   docker run --read-only --cap-drop ALL --security-opt no-new-privileges \
#     --volume roster-data:/data --env-file roster.env --publish 127.0.0.1:8080:8080 roster
#
# The folder has to belong to user 65532. With PostgreSQL no volume is needed.

FROM rust:1.95-bookworm AS build
WORKDIR /build
COPY Cargo.toml Cargo.lock ./
# Templates, static files and migrations become part of the program when it is built.
COPY src src
COPY templates templates
COPY static static
# Cargo wants the files of the test and the benchmarks that the manifest declares even when it builds none.
RUN mkdir -p tests/it benches && touch tests/it/main.rs benches/catalogue.rs benches/page.rs \
 && cargo build --release --locked --no-default-features \
 && mkdir /data

# The same Debian as the build, so the same glibc; certificate authorities included.
FROM gcr.io/distroless/cc-debian12:nonroot
COPY --from=build /build/target/release/roster /roster
COPY --from=build --chown=65532:65532 /data /data
ENV ROSTER_LISTEN=0.0.0.0:8080 \
    ROSTER_DATABASE_URL=sqlite:///data/roster.db \
    ROSTER_LOG=json
VOLUME /data
EXPOSE 8080
USER 65532:65532
# SIGTERM lets requests under way end, and what was decided be carried out, within 25 seconds.
STOPSIGNAL SIGTERM
ENTRYPOINT ["/roster"]
CMD ["serve"]
