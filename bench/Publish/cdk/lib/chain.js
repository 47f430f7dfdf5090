'use strict';
const { NestedStack } = require('aws-cdk-lib');
const ec2 = require('aws-cdk-lib/aws-ec2');
const ecs = require('aws-cdk-lib/aws-ecs');
const { NamespaceType } = require('aws-cdk-lib/aws-servicediscovery');
const { Construct } = require('constructs');
const { ContainerService } = require('./container-service');

/** What a template's 500 resources hold with room to spare. */
const SERVICES_A_STACK = 25;

/** The services of bench/Publish/AppHost: each refers to the one before it, and every third faces the internet. */
class Chain extends Construct {
  constructor(scope, id, { platform, count }) {
    super(scope, id);
    platform.cluster.addDefaultCloudMapNamespace({ name: platform.name, type: NamespaceType.HTTP, useForServiceConnect: true });
    const stackOf = (index) => count <= SERVICES_A_STACK ? this
      : this.node.tryFindChild(`Services${Math.floor(index / SERVICES_A_STACK)}`) ?? new NestedStack(this, `Services${Math.floor(index / SERVICES_A_STACK)}`);
    let before;
    for (let index = 0; index < count; index++) {
      const number = index + 1;
      const current = new ContainerService(stackOf(index), `Service${number}`, {
        platform,
        name: `service${number}`,
        image: ecs.ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx:1.27'),
        port: 80,
        route: index % 3 === 0 ? { path: `/service${number}/*`, priority: number, healthCheck: '/' } : undefined,
        connect: true,
        environment: before && { [`services__${before.name}__http__0`]: `http://${before.name}` },
        desiredCount: index % 3 === 0 ? 2 : 1,
      });
      if (before) {
        // In the caller's stack, so that stacks depend in one direction.
        new ec2.CfnSecurityGroupIngress(current, 'ToTheOneBefore', {
          groupId: before.securityGroup.securityGroupId,
          sourceSecurityGroupId: current.securityGroup.securityGroupId,
          ipProtocol: 'tcp',
          fromPort: before.port,
          toPort: before.port,
          description: `from ${current.name}`,
        });
        current.service.node.addDependency(before.service);
      }
      before = current;
    }
  }
}

module.exports = { Chain };
