import check from '../../../checks/ci/image-tag.ts'
import {testCheck} from '../../harness.ts'
import {checkout, setup, token, workflow} from './workflows.ts'

interface Parts {
  tags?: string
  image?: string
  more?: string
  push?: string
  images?: string
}
/** A step that reads the tags, one that pushes the image, and one that deploys it. */
const built = ({tags, image, more = '', push, images = 'registry.fly.io/shop'}: Parts) =>
  workflow({
    head: 'on: push\nenv:\n  APP: shop\n',
    steps: [
      checkout,
      `      - id: meta\n        uses: docker/metadata-action@v5\n        with:\n          images: ${images}\n`,
      tags ? `          tags: |\n${tags.replace(/^/gm, '            ')}\n` : '',
      `      - uses: docker/build-push-action@v6\n        with:\n          push: true\n          tags: ${push ?? '${{ steps.meta.outputs.tags }}'}\n`,
      more,
      setup,
      `      - run: flyctl deploy --image ${image ?? 'registry.fly.io/${{ env.APP }}:${{ github.sha }}'}\n${token}`,
    ].join(''),
  })
const pushed = (...tags: string[]) =>
  `warning .github/workflows/deploy.yml:LINE registry.fly.io/shop:FULL_COMMIT_ID is deployed, and the workflow pushes ${tags.join(' and ')}: flyctl does not find the image`

const twoSteps = (build: string) =>
  workflow({
    steps: `${checkout}${setup}      - run: flyctl deploy ${build} --image-label v-\${{ github.sha }}\n${token}      - run: flyctl deploy --image registry.fly.io/shop:v-\${{ github.sha }}\n${token}`,
  })

testCheck(check, {
  clean: {
    'a build that is pushed': twoSteps('--build-only --push'),
    'a deploy before, which pushes its image': twoSteps(''),
    'the name of the repository, without its owner': built({
      push: 'registry.fly.io/${{ github.event.repository.name }}:${{ github.sha }}',
    }),
    'another registry': built({push: 'ghcr.io/${{ github.repository }}:${{ github.sha }}'}),
    'the ID in full': built({tags: 'type=sha,format=long,prefix='}),
    'as a raw tag': built({tags: 'type=sha\ntype=raw,value=${{ github.sha }}'}),
    'by its value alone': built({tags: '${{ github.sha }}'}),
    'the short one, and its prefix': built({tags: 'type=sha', image: 'registry.fly.io/shop:sha-${GITHUB_SHA::7}'}),
    'a tag without the ID': built({tags: 'type=sha', image: 'registry.fly.io/shop:latest'}),
    'a tag that an earlier step makes up': built({
      tags: 'type=sha',
      image: 'registry.fly.io/shop:${{ steps.meta.outputs.version }}',
    }),
    'a prefix that is not known': built({tags: 'type=sha,prefix=${{ vars.PREFIX }}'}),
    'another image': built({tags: 'type=sha', images: 'ghcr.io/acme/shop'}),
    'the tag is written at the push': built({push: 'registry.fly.io/shop:${{ github.sha }}'}),
    'a script pushes, too': built({tags: 'type=sha', more: '      - run: docker push registry.fly.io/shop:$TAG\n'}),
    'a digest': built({tags: 'type=sha', image: 'registry.fly.io/shop@sha256:${{ steps.build.outputs.digest }}'}),
  },
  flagged: {
    'the owner in the name of an image of Fly.io': {
      ...workflow({
        steps: `${checkout}${setup}      - uses: docker/build-push-action@v6\n        with:\n          push: true\n          tags: registry.fly.io/\${{ github.repository }}:1\n      - run: flyctl deploy -i registry.fly.io/shop:1\n${token}`,
      }),
      expect: [
        'warning .github/workflows/deploy.yml:11:11 registry.fly.io/${{ github.repository }} is registry.fly.io/OWNER/NAME, and images of registry.fly.io are named after an app, in one word: the registry refuses it',
      ],
    },
    'a build that stays on the builder': {
      ...twoSteps('--build-only'),
      expect: [
        'warning .github/workflows/deploy.yml:8:9 --build-only leaves the image v-${{ github.sha }} on the builder, and registry.fly.io/shop:v-${{ github.sha }} is deployed: flyctl does not find the image',
      ],
    },
    'the short one is pushed': {
      ...built({tags: 'type=ref,event=branch\ntype=sha,prefix='}),
      expect: [pushed('SHORT_COMMIT_ID').replace('LINE', '21:9')],
    },
    'with its usual prefix': {
      ...built({tags: 'type=sha', image: '"registry.fly.io/shop:$GITHUB_SHA"'}),
      expect: [pushed('sha-SHORT_COMMIT_ID').replace('LINE', '20:9')],
    },
    'the usual tags have no ID': {
      ...built({}),
      expect: [pushed('no tag with the commit’s ID').replace('LINE', '18:9')],
    },
  },
})
