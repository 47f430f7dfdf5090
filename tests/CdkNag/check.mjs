// Reads {"templates": {"NAME": template}} from its input, and writes what cdk-nag's AwsSolutions rules say of the templates:
//   {"findings": [{"rule", "resource": "NAME/LogicalId", "text"}]}
import { App, Stack, Validations } from 'aws-cdk-lib';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { AwsSolutionsChecks } from 'cdk-nag';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'cdk-nag-'));
try {
  const app = new App({ outdir: join(folder, 'out'), analyticsReporting: false });
  for (const [name, template] of Object.entries(JSON.parse(readFileSync(0, 'utf8')).templates)) {
    const file = join(folder, `${name}.json`);
    writeFileSync(file, JSON.stringify(template));
    new CfnInclude(new Stack(app, name), 'T', { templateFile: file });
  }

  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  const log = console.log, error = console.error;
  console.log = console.error = () => {};
  try {
    app.synth();
  } catch (failure) {
    // That there are findings is a failure to CDK; the report has them.
    if (!existsSync(join(folder, 'out', 'validation-report.json'))) throw failure;
  }

  [console.log, console.error] = [log, error];
  const report = JSON.parse(readFileSync(join(folder, 'out', 'validation-report.json'), 'utf8'));
  const findings = report.pluginReports.filter(plugin => plugin.pluginName === 'AwsSolutions').flatMap(plugin => plugin.violations).flatMap(violation =>
    violation.violatingConstructs.map(construct => ({ rule: violation.ruleName, resource: construct.constructPath.replace('/T/', '/'), text: violation.description })));
  console.log(JSON.stringify({ findings }));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

// A failed validation is what is asked for, and no failure of this tool.
process.exitCode = 0;
