'use strict';
const { CfnOutput } = require('aws-cdk-lib');
const ec2 = require('aws-cdk-lib/aws-ec2');
const ecs = require('aws-cdk-lib/aws-ecs');
const elb = require('aws-cdk-lib/aws-elasticloadbalancingv2');
const { Construct } = require('constructs');

/** What all services share: two zones of public subnets without NAT, one load balancer that answers 404, one cluster. */
class Platform extends Construct {
  constructor(scope, id, { name, containerInsights }) {
    super(scope, id);
    this.name = name;
    this.vpc = new ec2.Vpc(this, 'Vpc', {
      ipAddresses: ec2.IpAddresses.cidr('10.0.0.0/16'),
      maxAzs: 2,
      natGateways: 0,
      subnetConfiguration: [{ name: 'public', subnetType: ec2.SubnetType.PUBLIC, cidrMask: 20 }],
      gatewayEndpoints: { S3: { service: ec2.GatewayVpcEndpointAwsService.S3 } },
    });

    this.loadBalancer = new elb.ApplicationLoadBalancer(this, 'LoadBalancer', {
      vpc: this.vpc,
      internetFacing: true,
      dropInvalidHeaderFields: true,
    });
    this.listener = this.loadBalancer.addListener('Http', {
      port: 80,
      open: true,
      defaultAction: elb.ListenerAction.fixedResponse(404, { contentType: 'text/plain', messageBody: 'No such route' }),
    });

    this.cluster = new ecs.Cluster(this, 'Cluster', {
      vpc: this.vpc,
      clusterName: name,
      enableFargateCapacityProviders: true,
      containerInsightsV2: containerInsights ? ecs.ContainerInsights.ENABLED : ecs.ContainerInsights.DISABLED,
    });

    new CfnOutput(scope, 'Url', { value: `http://${this.loadBalancer.loadBalancerDnsName}` });
  }
}

module.exports = { Platform };
