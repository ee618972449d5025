import statics from '../../../checks/fly-config/statics.ts'
import {testCheck} from '../../harness.ts'

const mapping = (prefix: string, path = '/app/public') =>
  `[[statics]]\nguest_path = "${path}"\nurl_prefix = "${prefix}"\n`
const toml = (...entries: string[]) => ({files: {'fly.toml': entries.join('')}})

testCheck(statics, {
  clean: {
    'the whole site': toml(mapping('/')),
    'one prefix below another': toml(mapping('/public'), mapping('/public/images', '/app/images')),
    'one folder under two prefixes': toml(mapping('/public'), mapping('/assets')),
    'a folder that flyctl uploads': toml(mapping('/static', 'dist')),
    'ten of them': toml(...Array.from({length: 10}, (_, index) => mapping(`/${index}`))),
  },
  flagged: {
    'the same prefix, with a slash or without': {
      ...toml(mapping('/public'), mapping('/public/', '/app/media')),
      expect: [
        'warning fly.toml:6:1 statics[1].url_prefix is "/public/", which is mapped twice: Fly.io serves one of the two only',
      ],
    },
    'a prefix that no request has': {
      ...toml(mapping('static')),
      expect: ['warning fly.toml:3:1 statics[0].url_prefix is "static", it must begin with /, as every request does'],
    },
    'half of a mapping': {
      ...toml('[[statics]]\nguest_path = "/app/public"\n[[statics]]\nurl_prefix = "/public"\n'),
      expect: [
        'warning fly.toml:1:3 statics[0] has no url_prefix, it must have one',
        'warning fly.toml:3:3 statics[1] has no guest_path, it must have one',
      ],
    },
    'eleven of them': {
      ...toml(...Array.from({length: 11}, (_, index) => mapping(`/${index}`))),
      expect: ['warning fly.toml:31:3 there are 11 [[statics]], Fly.io takes at most 10 for an app'],
    },
  },
})
