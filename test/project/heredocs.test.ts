import {expect, it} from 'vitest'
import {heredocsOf} from '../../src/project/dockerfile/heredocs.ts'
import {parseDockerfile} from '../../src/project/dockerfile/parse.ts'
import {TextFile} from '../../src/project/files/text.ts'

const names = (line: string) => heredocsOf(line, [], 0).heredocs.map(({name}) => name)

it('a heredoc begins where BuildKit sees one', () => {
  expect(names('cat <<EOF > /etc/x')).toEqual(['EOF'])
  expect(names('cat << EOF > /etc/x')).toEqual(['EOF'])
  expect(names(`cat << 'EOF'`)).toEqual(['EOF'])
  expect(names('cat 3<<"A" <<-B')).toEqual(['A', 'B'])
  expect(names('cat <<\\EOF')).toEqual(['EOF'])
  // Shells would take these two otherwise.
  expect(names('cat <<- EOF')).toEqual([])
  expect(names('cat <<EOF>/x')).toEqual(['EOF>/x'])
})

it('nor in quotes, in a here-string, or where the quotes are not closed', () => {
  expect(names('python -c "print(1 << 2)"')).toEqual([])
  expect(names(`echo 'see <<EOF'`)).toEqual([])
  expect(names(`psql <<< 'select 1'`)).toEqual([])
  expect(names(`echo it's <<EOF`)).toEqual([])
})

const parsed = (text: string) => {
  const result = parseDockerfile(new TextFile('Dockerfile', 'Dockerfile', text))
  return 'stages' in result
    ? result.stages.flatMap((stage) => stage.instructions).map(({keyword, text: written}) => [keyword, written])
    : result.message
}

it('its lines are no instructions, and what is written comes back as it is', () => {
  expect(parsed(`FROM a\nRUN cat << 'EOF' > /x\nCOPY a b\nEOF\nUSER app\n`)).toEqual([
    ['RUN', `cat << 'EOF' > /x\nCOPY a b\nEOF`],
    ['USER', 'app'],
  ])
  expect(parsed('FROM a\r\nRUN cat 3<<- "E" \\\r\n  <<F\r\nUSER x\r\nF\r\nUSER app\r\n')).toEqual([
    ['RUN', 'cat 3<<- "E" \\\n  <<F\nUSER x\nF'],
    ['USER', 'app'],
  ])
  expect(parsed('FROM a\n# RUN cat <<EOF \\\nRUN python -c "print(1 <<2)"\nUSER app\n')).toEqual([
    ['RUN', 'python -c "print(1 <<2)"'],
    ['USER', 'app'],
  ])
})
