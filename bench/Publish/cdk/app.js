// The reference application as an AWS CDK user would write it, to be measured beside what the AppHost publishes: the same network,
// services, scaling, queue, bucket, alarms and dashboard, in one stack. No image is built.
//   node app.js            writes CDK_OUTDIR (cdk.out beside this file unless set)
//   SERVICES=50 node app.js   instead: as many services as bench/Publish/AppHost has, in nested stacks of 25
//   CDK_ASSETS_BUCKET=name cdk deploy   deploys without a bootstrapped account (bench/Deploy)
'use strict';
const path = require('node:path');
const { App, CliCredentialsStackSynthesizer, Stack, Tags } = require('aws-cdk-lib');
const { Platform } = require('./lib/platform');
const { Profiler } = require('./lib/profiler');
const { Chain } = require('./lib/chain');

const app = new App({ outdir: process.env.CDK_OUTDIR ?? path.join(__dirname, 'cdk.out'), analyticsReporting: false });
const count = Number(process.env.SERVICES ?? app.node.tryGetContext('services') ?? 0);

const assets = process.env.CDK_ASSETS_BUCKET;
const stack = new Stack(app, 'profiler', {
  description: 'profiler: network, load balancer, services, queue, bucket',
  synthesizer: assets ? new CliCredentialsStackSynthesizer({ fileAssetsBucketName: assets }) : undefined,
});
const platform = new Platform(stack, 'Platform', { name: 'profiler', containerInsights: count === 0 });
if (count === 0) new Profiler(stack, 'Profiler', { platform });
else new Chain(stack, 'Chain', { platform, count });
// Types that take tags by CloudFormation's newest schemas only: cfn-lint refuses them.
const untagged = [
  'AWS::ApplicationAutoScaling::ScalableTarget', 'AWS::CloudWatch::Dashboard', 'AWS::EC2::VPCEndpoint',
  'AWS::ElasticLoadBalancingV2::Listener', 'AWS::ElasticLoadBalancingV2::ListenerRule',
];
Tags.of(stack).add('aspire:application', 'profiler', { excludeResourceTypes: untagged });
Tags.of(stack).remove('Name', { includeResourceTypes: untagged, priority: 300 });

app.synth();
