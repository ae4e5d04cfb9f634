# One image, one process. Built from a checkout: docker compose build
ARG NODE_VERSION=24

FROM node:${NODE_VERSION}-slim AS build
WORKDIR /longtable
COPY package.json package-lock.json ./
COPY shared/package.json shared/
COPY server/package.json server/
COPY client/package.json client/
COPY e2e/package.json e2e/
COPY bench/package.json bench/
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build

# Only what the server needs to run: no compiler, no browser, no tests.
FROM node:${NODE_VERSION}-slim AS modules
WORKDIR /longtable
COPY package.json package-lock.json ./
COPY shared/package.json shared/
COPY server/package.json server/
COPY client/package.json client/
COPY e2e/package.json e2e/
COPY bench/package.json bench/
RUN npm ci --omit=dev --no-audit --no-fund --workspace server --workspace shared

FROM node:${NODE_VERSION}-slim
ENV NODE_ENV=production DATA_DIR=/data KEYS_DIR=/keys
WORKDIR /longtable
COPY package.json LICENSE ./
COPY --from=modules /longtable/node_modules node_modules
COPY --from=build /longtable/shared/package.json shared/
COPY --from=build /longtable/shared/src/locales shared/src/locales
COPY --from=build /longtable/shared/dist shared/dist
COPY --from=build /longtable/migrations/dist migrations/dist
COPY --from=build /longtable/server/package.json server/
COPY --from=build /longtable/server/dist server/dist
COPY --from=build /longtable/client/dist client/dist

# Data and keys lie apart, so that copying one copies nothing of the other.
RUN mkdir /data /keys && chown node:node /data /keys && chmod 700 /data /keys
VOLUME ["/data", "/keys"]
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT || 3000) + '/readyz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "server/dist/main.js"]
