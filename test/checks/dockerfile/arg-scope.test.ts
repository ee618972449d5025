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
  },
  flagged: {
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
