import managedEnvironment from '../../../checks/python/managed-environment.ts'
import {testCheck} from '../../harness.ts'

const build = (from: string, ...lines: string[]) => ({
  files: {'fly.toml': 'app = "shop"\n', Dockerfile: `FROM ${from}\n${lines.map((line) => `${line}\n`).join('')}`},
})
const apt = 'RUN apt-get update && apt-get install -y python3-pip'
const says = (place: string, command: string, pip: string, image: string, severity = 'error') =>
  `${severity} Dockerfile:${place} ${command} changes the Python that ${pip} brings to ${image}, which only packages of the distribution may: it stops with "externally-managed-environment"`

testCheck(managedEnvironment, {
  clean: {
    'uv with a Python of its own': build(
      'debian:bookworm-slim',
      'RUN apt-get update && apt-get install -y python3',
      'COPY --from=ghcr.io/astral-sh/uv:0.8 /uv /bin/\nRUN uv python install 3.13 && uv pip install --system flask',
    ),
    'uv in an image of Python': build('python:3.13-slim', 'RUN pip install uv', 'RUN uv pip install --system flask'),
    'uv that is told to do it': build(
      'debian:bookworm-slim',
      'RUN apt-get update && apt-get install -y python3',
      'COPY --from=ghcr.io/astral-sh/uv:0.8 /uv /bin/\nRUN uv pip install --system --break-system-packages flask',
    ),
    'uv that its settings tell to do it': {
      files: {
        ...build(
          'debian:bookworm-slim',
          'RUN apt-get update && apt-get install -y python3',
          'COPY --from=ghcr.io/astral-sh/uv:0.8 /uv /bin/\nCOPY uv.toml .\nRUN uv pip install --system flask',
        ).files,
        'uv.toml': '[pip]\nbreak-system-packages = true\n',
      },
    },
    'a mark that a pattern takes away': build(
      'debian:bookworm',
      apt,
      'RUN rm /usr/lib/python3*/EXT* && pip3 install flask',
    ),
    'the Python of an official image': build('python:3.12-slim', apt, 'RUN pip install flask'),
    'a release before it was marked': build('debian:bullseye', apt, 'RUN pip3 install flask'),
    'Ubuntu before it was marked': build('ubuntu:22.04', apt, 'RUN pip3 install flask'),
    'Alpine before it was marked': build('alpine:3.18', 'RUN apk add py3-pip', 'RUN pip install flask'),
    'a folder that may hold pip.conf': build('debian:bookworm', apt, 'COPY rootfs/ /', 'RUN pip3 install flask'),
    'it is told to': build('debian:bookworm', apt, 'RUN pip3 install --break-system-packages flask'),
    'a variable tells it to': build(
      'debian:bookworm',
      apt,
      'ENV PIP_BREAK_SYSTEM_PACKAGES=1',
      'RUN pip3 install flask',
    ),
    'a setting tells it to': build(
      'debian:bookworm',
      apt,
      'RUN pip3 config set global.break-system-packages true && pip3 install flask',
    ),
    'the mark is taken away': build(
      'ubuntu:24.04',
      apt,
      'RUN rm /usr/lib/python3*/EXTERNALLY-MANAGED',
      'RUN pip3 install flask',
    ),
    'an environment of its own': build(
      'debian:bookworm',
      apt,
      'RUN python3 -m venv /venv',
      'ENV PATH=/venv/bin:$PATH',
      'RUN pip install flask',
    ),
    'the pip of such an environment': build('debian:bookworm', apt, 'RUN /venv/bin/pip install flask'),
    'a folder of its own': build('debian:bookworm', apt, 'RUN pip3 install --target /app/lib flask'),
    'another Python that is copied': build(
      'debian:bookworm',
      apt,
      'COPY --from=python:3.12 /usr/local /usr/local',
      'RUN pip3 install flask',
    ),
    'it is not known which pip that is': build('debian:bookworm', 'RUN pip3 install flask'),
    'a failure that is expected': build('debian:bookworm', apt, 'RUN pip3 install flask || true'),
  },
  flagged: {
    'uv, which its installer brings': {
      ...build(
        'debian:bookworm-slim',
        'RUN apt-get update && apt-get install -y curl ca-certificates python3',
        'RUN curl -LsSf https://astral.sh/uv/install.sh | sh\nENV PATH="/root/.local/bin:$PATH"\nRUN uv pip install --system -r requirements.txt',
      ),
      expect: [says('5:5', 'uv pip install --system', 'python3', 'debian:bookworm-slim')],
    },
    'uv of its image': {
      ...build(
        'debian:trixie-slim',
        'RUN apt-get update && apt-get install -y python3',
        'COPY --from=ghcr.io/astral-sh/uv:0.8 /uv /bin/\nRUN uv pip install --system flask',
      ),
      expect: [says('4:5', 'uv pip install --system', 'python3', 'debian:trixie-slim')],
    },
    Debian: {
      ...build('debian:bookworm-slim', apt, 'RUN pip3 install -r requirements.txt'),
      expect: [says('3:5', 'pip3 install', 'python3-pip', 'debian:bookworm-slim')],
    },
    'an image of node': {
      ...build('node:22-slim', `${apt} && python3 -m pip install --upgrade pip && pip3 install flask`),
      expect: [says('2:57', 'python3 -m pip install', 'python3-pip', 'node:22-slim')],
    },
    Ubuntu: {
      ...build('ubuntu:24.04', apt, 'RUN pip install flask'),
      expect: [says('3:5', 'pip install', 'python3-pip', 'ubuntu:24.04')],
    },
    Alpine: {
      ...build('node:22-alpine', 'RUN apk add --no-cache python3 py3-pip', 'RUN pip install awscli'),
      expect: [says('3:5', 'pip install', 'py3-pip', 'node:22-alpine')],
    },
    'where the build may go on': {
      ...build('debian:trixie', apt, 'RUN pip3 install flask; echo done'),
      expect: [says('3:5', 'pip3 install', 'python3-pip', 'debian:trixie', 'warning')],
    },
  },
})
