import flyctl from '../../../checks/live/flyctl.ts'
import {testCheck} from '../../harness.ts'

const version = (Version: string) => ({answers: {version: JSON.stringify({Name: 'flyctl', Version})}})

testCheck(flyctl, {
  clean: {
    'the oldest that is known': version('0.4.82'),
    'a pre-release': version('0.4.88-pr1.2'),
    'the next one': version('1.0.0'),
    'a development build, named by its date': version('2026.8.21-main.12'),
  },
  flagged: {
    'an old one': {
      ...version('0.4.9'),
      expect: ['warning flyctl(0.4.9) flyctl is 0.4.9; what it prints is known from 0.4.82 on'],
    },
  },
})
