# One executable and the migrations, on an image without shell, package manager or node_modules.
FROM oven/bun:1.4.5-slim AS build
WORKDIR /build
COPY package.json bun.lock ./
# no lifecycle scripts: nothing here needs one, and a dependency must not run code in the build
RUN bun install --frozen-lockfile --production --ignore-scripts
COPY src ./src
# the server reads its environment from the container alone, never from files that lie beside it.
# #dev is only imported where development leaves something open, which a container never does
# the second entry is a worker's: without its folder in its name it lies beside the main module, as it looks for it
RUN bun build src/main.ts src/ports/idp/saml/worker.ts --compile --outfile vestibule --entry-naming '[name].[ext]' \
    --external '#dev/*' --sourcemap=inline --no-compile-autoload-dotenv --no-compile-autoload-bunfig

# glibc, CA certificates, time zones and the user nonroot (65532)
FROM gcr.io/distroless/base-nossl-debian12:nonroot
WORKDIR /app
COPY LICENSE ./
COPY drizzle ./drizzle
COPY --from=build /build/vestibule ./
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
USER 65532:65532
EXPOSE 3000
# ends within 10 s of SIGTERM, after the requests that are under way
STOPSIGNAL SIGTERM
ENTRYPOINT ["/app/vestibule"]
