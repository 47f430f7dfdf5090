// Writes dist/: the page, and its script under a name that goes by what is in it, so that a browser may keep it.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

const script = readFileSync('src/main.js');
const name = `main-${createHash('sha256').update(script).digest('hex').slice(0, 8)}.js`;
rmSync('dist', { recursive: true, force: true });
mkdirSync('dist/assets', { recursive: true });
writeFileSync(`dist/assets/${name}`, script);
writeFileSync('dist/index.html', readFileSync('src/index.html', 'utf8').replace('/main.js', `/assets/${name}`));
