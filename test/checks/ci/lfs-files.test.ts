import check from '../../../checks/ci/lfs-files.ts'
import {testCheck} from '../../harness.ts'
import {checkout, setup, token, workflow} from './workflows.ts'

const files = {
  Dockerfile: 'FROM nginx:1\nCOPY site/ /usr/share/nginx/html/\n',
  'site/logo.png': 'version https://git-lfs.github.com/spec/v1\n',
  'site/photo.png': 'version https://git-lfs.github.com/spec/v1\n',
  '.gitattributes': '* text=auto\n*.png filter=lfs diff=lfs merge=lfs -text\n',
}
const fetching = (step: string) => workflow({steps: `${step}${setup}      - run: flyctl deploy\n${token}`, files})
const kept = (attributes: string) => workflow({files: {...files, '.gitattributes': attributes}})
const told = (what: string) => [
  `warning .github/workflows/deploy.yml:6:7 Git LFS keeps ${what}, and this checkout does not fetch it: the image gets its pointer, a text of three lines`,
]

testCheck(check, {
  clean: {
    'the checkout fetches them': fetching(`${checkout}        with:\n          lfs: true\n`),
    'the checkout may fetch them': fetching(`${checkout}        with:\n          lfs: \${{ inputs.lfs }}\n`),
    'a step fetches them': fetching(`${checkout}      - run: git lfs pull\n`),
    'another action fetches them': fetching('      - uses: nschloe/action-cached-lfs-checkout@v1\n'),
    'an artifact of another job': fetching(`${checkout}      - uses: actions/download-artifact@v4\n`),
    'another repository': fetching(`${checkout}        with:\n          repository: shop/site\n`),
    'Git LFS keeps something else': kept('*.psd filter=lfs diff=lfs merge=lfs -text\n'),
    'a later line takes it back': kept('*.png filter=lfs diff=lfs\nsite/*.png -filter -diff\n'),
    'a folder has no attributes': kept('site/ filter=lfs\n'),
    'a comment': kept('# *.png filter=lfs\n'),
    'another filter': kept('*.png filter=secret\n# once: filter=lfs\n'),
    'the image has none of it': workflow({
      files: {...files, Dockerfile: 'FROM nginx:1\nCOPY page.html /srv/\n', 'page.html': ''},
    }),
    'pictures of the documentation': workflow({
      files: {
        ...files,
        Dockerfile: 'FROM nginx:1\nCOPY . /srv/\n',
        '.gitattributes': 'docs/** filter=lfs\n',
        'docs/a.png': '',
      },
    }),
    'left out of the build': workflow({files: {...files, '.dockerignore': '**/*.png\n'}}),
    'the build fetches them': workflow({files: {...files, Dockerfile: 'FROM alpine:3\nCOPY . .\nRUN git lfs pull\n'}}),
    'a ready image': workflow({run: 'flyctl deploy --image shop:1', files}),
    'no workflow deploys': {
      files: {'fly.toml': 'app = "shop"\n', ...files, '.github/workflows/x.yml': 'flyctl: 1\njobs: {}\n'},
    },
  },
  flagged: {
    'a plain checkout': {...workflow({files}), expect: told('site/logo.png and 1 more')},
    'it is told not to': {
      ...fetching(`${checkout}        with:\n          lfs: false\n`),
      expect: told('site/logo.png and 1 more'),
    },
    'by its folder': {...kept('/site/logo.png filter=lfs\n'), expect: told('site/logo.png')},
    'of all below a folder': {...kept('site/** diff=lfs filter=lfs -text\n'), expect: told('site/logo.png and 1 more')},
  },
})
