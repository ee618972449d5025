import certificates from '../../../checks/live/certificates.ts'
import {testCheck} from '../../harness.ts'

const files = {'fly.toml': 'app = "shop"\n[http_service]\ninternal_port = 8080\n'}
const list = (json: unknown) => ({'certs list -a shop': JSON.stringify(json)})

testCheck(certificates, {
  clean: {
    'it serves': {files},
    'none was asked for': {files, answers: list(null)},
    'the shape before flyctl 0.4.11': {files, answers: list([{Hostname: 'a.example', ClientStatus: 'Ready'}])},
  },
  flagged: {
    'DNS does not lead here': {
      files,
      answers: list([{hostname: 'a.example', status: 'pending_validation', configured: false}]),
      expect: [
        'warning certificates(a.example) the certificate for a.example is not issued (pending validation): https://a.example fails until its DNS leads to shop',
      ],
    },
    'the old shape': {
      files,
      answers: list([{Hostname: 'a.example', ClientStatus: 'Awaiting configuration'}]),
      expect: [
        'warning certificates(a.example) the certificate for a.example is not issued (Awaiting configuration): https://a.example fails until its DNS leads to shop',
      ],
    },
  },
  skipped: {
    'no service': {files: {'fly.toml': 'app = "shop"\n'}, reason: 'the configuration has no service'},
  },
})
