import check from '../../../checks/dockerfile/mounted-secrets.ts'
import {testCheck} from '../../harness.ts'

const dockerfile = (text: string) => ({files: {'fly.toml': 'app = "shop"', Dockerfile: `FROM node:22\n${text}`}})

testCheck(check, {
  clean: {
    'mounted by its id': dockerfile('RUN --mount=type=secret,id=KEY KEY=$(cat /run/secrets/KEY) npm run build\n'),
    'mounted by another name': dockerfile(
      'RUN --mount=type=secret,id=key,target=/run/secrets/KEY,required cat /run/secrets/KEY\n',
    ),
    'a name that is filled in': dockerfile('ARG ID\nRUN --mount=type=secret,id=$ID cat /run/secrets/KEY\n'),
    'a folder that is mounted': dockerfile('RUN --mount=type=tmpfs,target=/run/secrets cat /run/secrets/KEY\n'),
    'asked for before': dockerfile('RUN if [ -f /run/secrets/KEY ]; then cat /run/secrets/KEY; fi\n'),
    'does without': dockerfile('RUN KEY=$(cat /run/secrets/KEY 2>/dev/null) npm run build\n'),
    'a file that the build lays there': dockerfile('COPY keys /run/secrets/\nRUN cat /run/secrets/KEY\n'),
    'a name in quotes': dockerfile('RUN --mount=type=secret,id="KEY" cat /run/secrets/KEY\n'),
    'a text for later': dockerfile("RUN echo 'export KEY=$(cat /run/secrets/KEY)' > /etc/profile.d/key.sh\n"),
    'what the app reads when it runs': dockerfile('CMD ["sh", "-c", "cat /run/secrets/KEY"]\n'),
  },
  flagged: {
    'one of two': {
      ...dockerfile(
        'RUN --mount=type=secret,id=KEY KEY=$(cat /run/secrets/KEY) URL="$(cat /run/secrets/URL)" npm run build\n',
      ),
      expect: [
        'warning Dockerfile:2:1 this RUN reads /run/secrets/URL, and does not mount the secret URL: the file is missing',
      ],
    },
    'several: told once': {
      ...dockerfile('RUN npm ci --key $(cat /run/secrets/KEY) --url $(cat /run/secrets/URL)\n'),
      expect: [
        'warning Dockerfile:2:1 this RUN reads /run/secrets/KEY and /run/secrets/URL, and does not mount the secrets KEY and URL: the files are missing',
      ],
    },
    'mounted by the RUN before': {
      ...dockerfile('RUN --mount=type=secret,id=KEY cat /run/secrets/KEY\nRUN npm ci --key $(cat /run/secrets/KEY)\n'),
      expect: [
        'warning Dockerfile:3:1 this RUN reads /run/secrets/KEY, and does not mount the secret KEY: the file is missing',
      ],
    },
  },
})
