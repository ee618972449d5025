import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'image/exec-form',
  title: 'CMD and ENTRYPOINT have nothing that a shell would fill in',
  why: 'In brackets CMD and ENTRYPOINT run without a shell: $PORT is five characters, and *.jar is the name of a file.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['unexpanded'],
  uses: ['buildsElse'],
  *run({unexpanded, buildsElse}) {
    for (const {by, kind, word, words, at, program, stops, isClass} of unexpanded) {
      if (kind === 'blank') {
        const [option = '', value = ''] = word.split(/[ \t]+/)
        yield {
          message: `${by} gives ${program} "${word}" as one argument, since in brackets no shell splits it: ${option} with its value behind a blank is no option`,
          at,
          hint: `Write two: "${option}", "${value}"`,
          severity: 'warning',
        }
        continue
      }
      if (kind === 'cut') {
        const rest = words.slice(words.indexOf(word, words.indexOf('-c')) + 1)
        yield {
          message: `${by} gives ${program} only the word ${word} to run, since in brackets each word is one of its own: ${rest.join(' ')} is left over, and nothing reads it`,
          at,
          hint: `Write the line as one word, or leave the shell out: ${by} [${[word, ...rest].map((each) => JSON.stringify(each)).join(', ')}]`,
          ...((!stops || buildsElse) && {severity: 'warning'}),
        }
        continue
      }
      yield {
        message:
          kind === 'pattern'
            ? `${by} starts the archive ${word}, and in brackets no shell looks for what fits: Java ends with "Unable to access jarfile"`
            : `${by} gives ${program} the text ${word}, since in brackets no shell fills in a variable${isClass ? ': java takes it for the class to start, and stops' : stops ? `: ${program} stops, as that is no number` : ''}`,
        at,
        hint: `Write it without brackets, so that a shell reads it and is replaced: ${by} exec ${words.join(' ')}`,
        ...((!stops || buildsElse) && {severity: 'warning'}),
      }
    }
  },
})
