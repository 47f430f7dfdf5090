'use strict';
const { ArnFormat, Duration, RemovalPolicy, Size, Stack } = require('aws-cdk-lib');
const cloudwatch = require('aws-cdk-lib/aws-cloudwatch');
const ec2 = require('aws-cdk-lib/aws-ec2');
const ecs = require('aws-cdk-lib/aws-ecs');
const elb = require('aws-cdk-lib/aws-elasticloadbalancingv2');
const iam = require('aws-cdk-lib/aws-iam');
const logs = require('aws-cdk-lib/aws-logs');
const { Construct } = require('constructs');

const AGENT_IMAGE = 'public.ecr.aws/cloudwatch-agent/cloudwatch-agent:1.300072.0b1766';
const AGENT_CONFIGURATION = '{"opentelemetry":{"collect":{"otlp":{"span_metrics_enabled":true}}}}';

/**
 * A service of ECS on Fargate: log group, roles, task definition with the CloudWatch agent beside the application, security group and,
 * where it has a route, target group, rule and alarms.
 */
class ContainerService extends Construct {
  /**
   * @param {object} props
   * @param {import('./platform').Platform} props.platform
   * @param {string} props.name
   * @param {ecs.ContainerImage} props.image
   * @param {number} [props.port] what the container listens on
   * @param {{ path: string, priority: number, healthCheck: string }} [props.route] where it faces the internet
   * @param {boolean} [props.connect] whether others call it by its name
   * @param {object} [props.environment]
   * @param {object} [props.secrets]
   * @param {number} [props.desiredCount] where nothing scales it
   */
  constructor(scope, id, { platform, name, image, port, route, connect, environment = {}, secrets = {}, desiredCount }) {
    super(scope, id);
    this.platform = platform;
    this.name = name;
    this.port = port;

    this.logGroup = new logs.LogGroup(this, 'LogGroup', {
      logGroupName: `/ecs/${platform.name}/${name}`,
      retention: logs.RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.taskDefinition = this.#defineTask(image, environment, secrets);
    this.securityGroup = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc: platform.vpc,
      description: `${name} - ${route ? 'from the load balancer' : connect ? 'from those that refer to it' : 'nothing comes in'}`,
    });
    if (route) this.#addTargets(route);

    this.service = new ecs.FargateService(this, 'Service', {
      serviceName: name,
      cluster: platform.cluster,
      taskDefinition: this.taskDefinition,
      capacityProviderStrategies: [{ capacityProvider: 'FARGATE', weight: 1 }],
      desiredCount,
      assignPublicIp: true,
      vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC },
      securityGroups: [this.securityGroup],
      availabilityZoneRebalancing: ecs.AvailabilityZoneRebalancing.ENABLED,
      healthCheckGracePeriod: route ? Duration.seconds(60) : undefined,
      minHealthyPercent: 100,
      maxHealthyPercent: 200,
      circuitBreaker: { enable: true, rollback: true },
      deploymentAlarms: this.serverErrors && { alarmNames: [this.serverErrors.alarmName], behavior: ecs.AlarmBehavior.ROLLBACK_ON_ALARM },
      propagateTags: ecs.PropagatedTagSource.SERVICE,
      enableECSManagedTags: true,
      serviceConnectConfiguration: connect && {
        namespace: platform.cluster.defaultCloudMapNamespace?.namespaceArn,
        services: [{
          portMappingName: 'http', discoveryName: name, dnsName: name, port, perRequestTimeout: Duration.seconds(0), idleTimeout: Duration.minutes(5),
        }],
      },
    });
    this.service.node.addDependency(...platform.vpc.publicSubnets.map((subnet) => subnet.internetConnectivityEstablished));
    if (route) {
      this.targetGroup.addTarget(this.service.loadBalancerTarget({ containerName: name, containerPort: port }));
      this.service.node.addDependency(this.rule);
    }
  }

  /** The metric of ECS that Container Insights adds. */
  insight(metricName, statistic) {
    return new cloudwatch.Metric({
      namespace: 'ECS/ContainerInsights',
      metricName,
      statistic,
      period: Duration.minutes(1),
      dimensionsMap: { ClusterName: this.platform.cluster.clusterName, ServiceName: this.service.serviceName },
    });
  }

  alarmBelowDesired() {
    return new cloudwatch.MathExpression({
      expression: 'desired - FILL(running, 0)',
      label: 'tasks missing',
      period: Duration.minutes(1),
      usingMetrics: { desired: this.insight('DesiredTaskCount', 'Maximum'), running: this.insight('RunningTaskCount', 'Minimum') },
    }).createAlarm(this, 'BelowDesiredAlarm', {
      alarmDescription: `${this.name} runs fewer tasks than it should for ten minutes`,
      threshold: 0,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 10,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    });
  }

  #defineTask(image, environment, secrets) {
    const assumedBy = new iam.ServicePrincipal('ecs-tasks.amazonaws.com', {
      conditions: {
        StringEquals: { 'aws:SourceAccount': Stack.of(this).account },
        ArnLike: { 'aws:SourceArn': Stack.of(this).formatArn({ service: 'ecs', resource: '*' }) },
      },
    });
    const taskDefinition = new ecs.FargateTaskDefinition(this, 'TaskDefinition', {
      family: `${this.platform.name}-${this.name}`,
      cpu: 512,
      memoryLimitMiB: 1024,
      runtimePlatform: { cpuArchitecture: ecs.CpuArchitecture.X86_64, operatingSystemFamily: ecs.OperatingSystemFamily.LINUX },
      executionRole: new iam.Role(this, 'ExecutionRole', { assumedBy, description: `what ECS may do to start ${this.name}` }),
      taskRole: new iam.Role(this, 'TaskRole', { assumedBy, description: `what ${this.name} itself may do` }),
    });
    const logTo = (streamPrefix) => ecs.LogDrivers.awsLogs({
      logGroup: this.logGroup,
      streamPrefix,
      mode: ecs.AwsLogDriverMode.NON_BLOCKING,
      maxBufferSize: Size.mebibytes(10),
    });
    const main = taskDefinition.addContainer(this.name, {
      containerName: this.name,
      image,
      memoryLimitMiB: 768,
      stopTimeout: Duration.seconds(60),
      linuxParameters: new ecs.LinuxParameters(this, 'LinuxParameters', { initProcessEnabled: true }),
      portMappings: this.port ? [{ name: 'http', containerPort: this.port, appProtocol: ecs.AppProtocol.http }] : undefined,
      environment: {
        OTEL_SERVICE_NAME: this.name,
        OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4317',
        OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
        DOTNET_SHUTDOWNTIMEOUTSECONDS: '45',
        ...environment,
      },
      secrets,
      logging: logTo(this.name),
    });
    const agent = taskDefinition.addContainer('cloudwatch-agent', {
      containerName: 'cloudwatch-agent',
      image: ecs.ContainerImage.fromRegistry(AGENT_IMAGE),
      essential: false,
      enableRestartPolicy: true,
      restartAttemptPeriod: Duration.seconds(60),
      cpu: 64,
      memoryLimitMiB: 192,
      environment: { CW_CONFIG_CONTENT: AGENT_CONFIGURATION },
      logging: logTo('cloudwatch-agent'),
    });
    main.addContainerDependencies({ container: agent, condition: ecs.ContainerDependencyCondition.START });
    taskDefinition.addToTaskRolePolicy(new iam.PolicyStatement({
      actions: [
        'xray:PutTraceSegments', 'xray:PutTelemetryRecords', 'xray:GetSamplingRules', 'xray:GetSamplingTargets',
        'xray:GetSamplingStatisticSummaries', 'cloudwatch:PutMetricData',
      ],
      resources: ['*'],
    }));
    taskDefinition.addToTaskRolePolicy(new iam.PolicyStatement({
      actions: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents', 'logs:PutRetentionPolicy', 'logs:DescribeLogStreams'],
      resources: [
        Stack.of(this).formatArn({
          service: 'logs', resource: 'log-group', resourceName: '/aws/application-signals/*', arnFormat: ArnFormat.COLON_RESOURCE_NAME,
        }),
        this.logGroup.logGroupArn,
      ],
    }));
    return taskDefinition;
  }

  #addTargets({ path, priority, healthCheck }) {
    this.targetGroup = new elb.ApplicationTargetGroup(this, 'TargetGroup', {
      vpc: this.platform.vpc,
      targetType: elb.TargetType.IP,
      protocol: elb.ApplicationProtocol.HTTP,
      port: this.port,
      deregistrationDelay: Duration.seconds(30),
      healthCheck: {
        path: healthCheck,
        healthyHttpCodes: '200',
        interval: Duration.seconds(10),
        timeout: Duration.seconds(5),
        healthyThresholdCount: 2,
        unhealthyThresholdCount: 3,
      },
    });
    this.rule = new elb.ApplicationListenerRule(this, 'Rule', {
      listener: this.platform.listener,
      priority,
      conditions: [elb.ListenerCondition.pathPatterns([path])],
      targetGroups: [this.targetGroup],
    });
    this.serverErrors = new cloudwatch.MathExpression({
      expression: 'IF(requests >= 20, 100 * FILL(errors, 0) / requests, 0)',
      label: 'percent of 5xx',
      period: Duration.minutes(1),
      usingMetrics: { errors: this.ofTargets('HTTPCode_Target_5XX_Count', 'Sum'), requests: this.ofTargets('RequestCount', 'Sum') },
    }).createAlarm(this, 'ServerErrorsAlarm', {
      alarmDescription: `${this.name} answers 5xx to more than 5 percent of at least 20 requests, two minutes of three`,
      threshold: 5,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 3,
      datapointsToAlarm: 2,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    });
    this.ofTargets('UnHealthyHostCount', 'Maximum').createAlarm(this, 'UnhealthyTargetsAlarm', {
      alarmDescription: `a task of ${this.name} fails its health check for five minutes`,
      threshold: 0,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 5,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    });
  }

  /** A metric of the load balancer for this service's targets. */
  ofTargets(metricName, statistic, label) {
    return new cloudwatch.Metric({
      namespace: 'AWS/ApplicationELB',
      metricName,
      statistic,
      label,
      period: Duration.minutes(1),
      dimensionsMap: { LoadBalancer: this.platform.loadBalancer.loadBalancerFullName, TargetGroup: this.targetGroup.targetGroupFullName },
    });
  }
}

module.exports = { ContainerService };
