# As simple as it can be. Not built where this project was made: no container engine was at hand there.
FROM node:24-bookworm-slim
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The image brings Node 24 itself, so the packaged one is left out.
RUN npm ci --omit=dev --omit=optional
COPY . .
# Learns the phrases once: the service cannot write here, and would learn them at every start, deaf meanwhile.
RUN node scripts/understand.ts tere
ENV NODE_ENV=production HOST=0.0.0.0 DATA_DIR=/data
RUN mkdir /data && chown node:node /data
VOLUME /data
EXPOSE 3978
USER node
CMD ["node", "src/index.ts"]
