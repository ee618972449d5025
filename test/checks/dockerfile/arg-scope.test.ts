import argScope from '../../../checks/dockerfile/arg-scope.ts'
import {testCheck} from '../../harness.ts'

const dockerfile = (text: string) => ({files: {'fly.toml': 'app = "shop"', Dockerfile: text, x: ''}})

testCheck(argScope, {
  clean: {
    'declared again': dockerfile('ARG V=1\nFROM debian:$V\nARG V\nENV A=$V\nRUN echo $V\n'),
    'used in FROM only': dockerfile('ARG V=1\nFROM debian:${V}\n'),
    'inherited from the stage before': dockerfile('ARG V=1\nFROM debian AS a\nARG V\nFROM a\nENV A=$V\n'),
    'a variable of the shell with that name': dockerfile('ARG V=1\nFROM debian\nRUN V=2 && echo $V\n'),
    'a variable that nobody declares': dockerfile('FROM debian\nRUN echo $HOME\n'),
    'ENV of an ARG': dockerfile('FROM node:22\nARG VITE_API\nENV VITE_API=$VITE_API\n'),
    'ENV of the stage before': dockerfile('FROM node:22 AS a\nENV VITE_API=/api\nFROM a\nENV VITE_API=${VITE_API}\n'),
    'with a value for want of another': dockerfile('FROM node:22\nENV VITE_API=${VITE_API:-/api}\n'),
    'what base images set': dockerfile('FROM acme/base\nENV PATH=$PATH JAVA_HOME=${JAVA_HOME}\n'),
    'declared in another stage, and in this one, too': dockerfile(
      'FROM node:22 AS a\nARG KEY\nRUN build $KEY\nFROM node:22\nARG KEY=x\nRUN build $KEY\n',
    ),
    'declared in another stage, and set by the shell here': dockerfile(
      'FROM node:22 AS a\nARG KEY\nFROM node:22\nCOPY --from=a /x /x\nRUN KEY=$(cat /x) && echo $KEY && for X in 1; do echo $X; done\n',
    ),
    'declared in another stage, and with something to stand in for it': dockerfile(
      'FROM node:22 AS a\nARG MODE\nFROM node:22\nCOPY --from=a /x /x\nENV MODE=${MODE:-production}\nRUN echo ${MODE:+x}\n',
    ),
    'declared in another stage, and for another program': dockerfile(
      "FROM node:22 AS a\nARG KEY\nFROM node:22\nCOPY --from=a /x /x\nRUN sed 's/$KEY/x/' /x \\$KEY\nCMD serve $KEY\n",
    ),
    'declared in another stage, and maybe set by an image of somebody else': dockerfile(
      'FROM node:22 AS a\nARG KEY\nFROM acme/base\nCOPY --from=a /x /x\nRUN echo $KEY\n',
    ),
    'declared in another stage, and in quotes or a comment here': dockerfile(
      "FROM node:22 AS a\nARG KEY\nFROM node:22\nCOPY --from=a /x /x\nENV LINE='$KEY'\nCOPY <<'END' /y\n$KEY\nEND\nRUN echo a \\\n  # $KEY\n  b\nRUN cat > /z <<\"END\"\n$KEY\nEND\n",
    ),
    'declared in another stage, and asked about, read or set by bash here': dockerfile(
      'FROM node:22 AS a\nARG KEY\nARG HOSTNAME\nARG REF\nFROM node:22\nCOPY --from=a /x /x\nRUN if [ -n "$KEY" ]; then echo $KEY; fi; echo $HOSTNAME\nRUN : ${KEY:=x} && echo $KEY\nRUN printf -v REF x; echo $REF\n',
    ),
    'declared in the stage that this one is built on': dockerfile(
      'FROM node:22 AS a\nARG KEY\nFROM a\nRUN echo $KEY\n',
    ),
  },
  flagged: {
    'declared in another stage': {
      ...dockerfile(
        'FROM node:22 AS a\nARG API_URL\nARG TAG\nRUN npm run build\nFROM node:22\nCOPY --from=a /x /x\nENV VITE_API=$API_URL\nRUN build --tag "${TAG}" && echo $TAG\n',
      ),
      expect: [
        'warning Dockerfile:7:1 API_URL is empty here: ARG API_URL stands in another stage, and each stage has its own',
        'warning Dockerfile:8:1 TAG is empty here: ARG TAG stands in another stage, and each stage has its own',
      ],
    },
    'declared too late': {
      ...dockerfile(
        'FROM node:22 AS a\nARG TAG\nRUN echo $TAG\nFROM node:22\nCOPY --from=a /x /x\nWORKDIR /srv/$TAG\nARG TAG\n',
      ),
      expect: ['warning Dockerfile:6:1 TAG is empty here: ARG TAG stands in another stage, and each stage has its own'],
    },
    'ENV of itself': {
      ...dockerfile('FROM node:22\nENV VITE_API="${VITE_API}"\nENV DATABASE_URL $DATABASE_URL\n'),
      expect: [
        'warning Dockerfile:2:1 VITE_API is set to itself, and stays empty: no ARG declares it, and a build sees nothing of the computer that starts it',
        'info Dockerfile:3:1 DATABASE_URL is set to itself, and stays empty: no ARG declares it, and a build sees nothing of the computer that starts it',
      ],
    },
    'before the first FROM only': {
      ...dockerfile('ARG NAME=app\nFROM debian\nCOPY x /opt/${NAME}/x\nRUN ls $NAME\n'),
      expect: ['warning Dockerfile:3:1 NAME is empty here: its value is known before the first FROM only'],
    },
    'in the next stage': {
      ...dockerfile(
        'ARG NAME=app\nFROM debian AS a\nARG NAME\nRUN echo $NAME\nFROM debian\nCOPY --from=a /x /x\nRUN echo ${NAME}\n',
      ),
      expect: ['warning Dockerfile:7:1 NAME is empty here: its value is known before the first FROM only'],
    },
    'given to itself': {
      ...dockerfile('ARG MODE=production\nFROM debian\nRUN MODE=$MODE ./build\n'),
      expect: ['warning Dockerfile:3:1 MODE is empty here: its value is known before the first FROM only'],
    },
    'an argument of the platform': {
      ...dockerfile('FROM debian\nRUN curl -o t https://example.com/t-${TARGETARCH}\n'),
      expect: ['warning Dockerfile:2:1 TARGETARCH is empty here: its value is known before the first FROM only'],
    },
  },
})
