# One image for the four services and the migrate step; the command says which.

# The manifests alone: as long as they stay the same, the installs below come from the cache.
FROM node:24-trixie-slim AS manifests
WORKDIR /sources
COPY . .
RUN mkdir /manifests \
 && find . \( -name package.json -o -name package-lock.json -o -name .npmrc \) -exec cp --parents {} /manifests \;

# Install scripts are left out in both installs: they fetch a second Node and prepare Postgres binaries, which
# only a checkout needs. The native addons of the services come ready-made in packages of their own.
FROM node:24-trixie-slim AS build
WORKDIR /app
COPY --from=manifests /manifests ./
RUN npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
COPY tsconfig.base.json ./
COPY libs libs
COPY apps apps
RUN node node_modules/@typescript/native/bin/tsc -b apps/parser apps/indexer apps/fetcher apps/gateway apps/migrate \
 && find apps libs -path '*/node_modules' -prune -o -path '*/dist/*' -type f ! -name '*.d.ts*' ! -name '*.tsbuildinfo' -print \
  | xargs cp --parents -t /srv

FROM node:24-trixie-slim AS dependencies
WORKDIR /app
COPY --from=manifests /manifests ./
RUN npm ci --ignore-scripts --omit=dev --no-audit --no-fund --loglevel=error \
      --workspace apps/parser --workspace apps/indexer --workspace apps/fetcher --workspace apps/gateway --workspace apps/migrate

FROM node:24-trixie-slim
# Why the memory is bounded so: libs/embedded-servers/src/service-memory.ts
ENV NODE_ENV=production \
    MALLOC_ARENA_MAX=2 \
    NODE_OPTIONS="--enable-source-maps --max-semi-space-size=16 --max-old-space-size=1024"
WORKDIR /app
# A password that comes as a file, as Docker secrets do, becomes the variable that Postgres clients read.
COPY tools/with-database-password /usr/local/bin/
COPY --from=dependencies /app ./
COPY --from=build /srv ./
USER node
ENTRYPOINT ["with-database-password"]
CMD ["node", "apps/gateway/dist/main.js"]
