# The image of the hub: one for all of its roles, for the migration and for the sandboxes; docker-compose.yml says who runs what.
#
# The tag names an exact release of Node. To pin the very bytes, give it with its digest:
#   docker build --build-arg NODE_IMAGE=node:24.21.0-bookworm-slim@sha256:<digest> .
# where `docker buildx imagetools inspect node:24.21.0-bookworm-slim` says the digest.
ARG NODE_IMAGE=node:24.21.0-bookworm-slim

# Compiles. With the packages for development, of which nothing reaches the image.
FROM ${NODE_IMAGE} AS build
WORKDIR /koppel
COPY package.json package-lock.json ./
# No package of ours needs its install script, and what does not run cannot do harm.
RUN ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
COPY . .
RUN ["npm", "run", "build"]

# The packages that the hub needs when it runs. The optional ones are the embedded Postgres, which has no place in a container.
FROM ${NODE_IMAGE} AS packages
WORKDIR /koppel
COPY package.json package-lock.json ./
RUN ["npm", "ci", "--omit=dev", "--omit=optional", "--ignore-scripts", "--no-audit", "--no-fund"]

FROM ${NODE_IMAGE}
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Koppel" \
      org.opencontainers.image.description="Open, self-hosted data hub between MplusKASSA and Softmaat" \
      org.opencontainers.image.version="0.1.0" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.licenses="MIT"
ENV NODE_ENV=production
WORKDIR /koppel
# Everything belongs to root and the hub runs as somebody else: it cannot change itself.
COPY package.json LICENSE ./
COPY migrations ./migrations
COPY --from=packages /koppel/node_modules ./node_modules
COPY --from=build /koppel/dist/src ./dist/src
COPY --from=build /koppel/dist/sandbox ./dist/sandbox
COPY --from=build /koppel/dist/web ./dist/web
# Where the sandboxes keep their state; a new volume takes over who it belongs to.
RUN ["install", "-d", "-o", "node", "-g", "node", "/var/lib/koppel"]
USER node
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["node", "dist/src/cli/ready.js"]
# No shell in between, so that the signal to stop reaches the hub.
ENTRYPOINT []
CMD ["node", "--enable-source-maps", "dist/src/main.js"]
