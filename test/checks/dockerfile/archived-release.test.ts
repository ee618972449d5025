import archivedRelease from '../../../checks/dockerfile/archived-release.ts'
import {testCheck} from '../../harness.ts'

const build = (from: string, ...runs: string[]) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: `FROM ${from}\n${runs.map((run) => `RUN ${run}\n`).join('')}`,
  },
})
const apt = 'apt-get update && apt-get install -y curl'
const vault =
  "sed -i -e 's/^mirrorlist=/#&/' -e 's|^#\\s*baseurl=http://mirror.centos.org|baseurl=http://vault.centos.org|' /etc/yum.repos.d/CentOS-*.repo"

testCheck(archivedRelease, {
  clean: {
    'a release that is kept up': build('debian:bookworm', apt),
    'nothing is installed': build('centos:7', 'yum clean all && rpm -q bash'),
    'the archive of CentOS is named': build('centos:7', vault, 'yum install -y httpd'),
    'the archive of Debian is named': build(
      'node:16-slim',
      "sed -i 's/deb.debian.org/archive.debian.org/' /etc/apt/sources.list",
      apt,
    ),
    'a script that may name it': build('centos:8', 'curl -s https://example.com/repos | bash', 'dnf install -y httpd'),
    'its own repositories are left aside': build(
      'centos:7',
      'yum install -y --disablerepo="*" https://example.com/httpd.rpm',
    ),
    'CentOS Stream 9': build('quay.io/centos/centos:stream9', 'dnf install -y httpd'),
    'Rocky Linux': build('rockylinux:8', 'dnf install -y httpd'),
    'Alpine keeps its old releases': build('alpine:3.12', 'apk add curl'),
    'a failure that is expected': build('centos:7', 'yum install -y httpd || true'),
  },
  flagged: {
    Debian: {
      ...build('node:16-slim', apt),
      expect: [
        'warning Dockerfile:2:5 node:16-slim is Debian 10 (buster), which is no longer on the mirrors of Debian: apt-get update fails',
      ],
    },
    'an older Debian': {
      ...build('debian:8', apt),
      expect: [
        'warning Dockerfile:2:5 debian:8 is Debian 8 (jessie), which is no longer on the mirrors of Debian: apt-get update fails',
      ],
    },
    'the last Python 2': {
      ...build('python:2.7-slim', apt),
      expect: [
        'warning Dockerfile:2:5 python:2.7-slim is Debian 10 (buster), which is no longer on the mirrors of Debian: apt-get update fails',
      ],
    },
    'a release of Ubuntu without long-term support': {
      ...build('ubuntu:23.10', apt),
      expect: [
        'warning Dockerfile:2:5 ubuntu:23.10 is Ubuntu 23.10 (mantic), which is no longer on the mirrors of Ubuntu: apt-get update fails',
      ],
    },
    'CentOS 7': {
      ...build('centos:7.9.2009', 'yum -y install epel-release && yum -y install httpd'),
      expect: [
        'warning Dockerfile:2:5 centos:7.9.2009 is CentOS 7, which is no longer on the mirrors of CentOS: yum fails',
      ],
    },
    'CentOS without a tag is 8': {
      ...build('centos', 'dnf install -y httpd'),
      expect: ['warning Dockerfile:2:5 centos is CentOS 8, which is no longer on the mirrors of CentOS: dnf fails'],
    },
    'CentOS Stream 8': {
      ...build('quay.io/centos/centos:stream8', 'dnf -y module enable nodejs:20'),
      expect: [
        'warning Dockerfile:2:5 quay.io/centos/centos:stream8 is CentOS Stream 8, which is no longer on the mirrors of CentOS: dnf fails',
      ],
    },
    'node’s script adds a source, and leaves the others': {
      ...build('centos:7', 'curl -fsSL https://rpm.nodesource.com/setup_16.x | bash -', 'yum install -y nodejs'),
      expect: ['warning Dockerfile:3:5 centos:7 is CentOS 7, which is no longer on the mirrors of CentOS: yum fails'],
    },
    'two stages on one base: told once': {
      files: {
        'fly.toml': 'app = "shop"\n',
        Dockerfile: `FROM debian:buster AS base\nFROM base AS a\nRUN ${apt}\nFROM base\nRUN ${apt}\nCOPY --from=a /a /a\n`,
      },
      expect: [
        'warning Dockerfile:3:5 debian:buster is Debian 10 (buster), which is no longer on the mirrors of Debian: apt-get update fails',
      ],
    },
  },
})
