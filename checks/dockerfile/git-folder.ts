import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/git-folder',
  title: 'git finds a repository where the build calls it',
  why: 'The image has no .git unless a COPY brings it or the build clones one: git says “not a git repository”, and stops.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['gitFolders'],
  uses: ['buildsElse'],
  *run({gitFolders, buildsElse}) {
    for (const {command, folder, at, rule, build, version} of gitFolders) {
      const why = rule ? `${rule.file} leaves .git out of the build` : 'no COPY brings .git, and no step clones one'
      yield {
        message: version
          ? `${command} stops: ${version.tool} takes the version of the project from git, and ${folder} is in no repository: ${why}`
          : `${command} stops in ${folder}, which is in no git repository: ${why}`,
        at,
        related: [rule, build, version?.at].flatMap((each) => each ?? []),
        hint: version
          ? `Say it before: ENV ${version.variable}=0.1.0; or give the version for such a case in pyproject.toml (fallback_version).`
          : rule
            ? `Do it before the deploy and hand the result over, as with --build-arg; or take the line out of ${rule.file}.`
            : 'Do it before the deploy, where the repository is: flyctl sends the files that stand in the folder.',
        ...(buildsElse && {severity: 'warning'}),
      }
    }
  },
})
