'use strict';
const { CfnParameter, Duration, RemovalPolicy, Stack } = require('aws-cdk-lib');
const appscaling = require('aws-cdk-lib/aws-applicationautoscaling');
const cloudwatch = require('aws-cdk-lib/aws-cloudwatch');
const ecr = require('aws-cdk-lib/aws-ecr');
const ecs = require('aws-cdk-lib/aws-ecs');
const iam = require('aws-cdk-lib/aws-iam');
const s3 = require('aws-cdk-lib/aws-s3');
const secretsmanager = require('aws-cdk-lib/aws-secretsmanager');
const sqs = require('aws-cdk-lib/aws-sqs');
const { Construct } = require('constructs');
const { ContainerService } = require('./container-service');

/** The dataset profiler: an api behind the load balancer and a worker, with a queue and a bucket between them. */
class Profiler extends Construct {
  constructor(scope, id, { platform }) {
    super(scope, id);
    const apiKey = new secretsmanager.CfnSecret(this, 'ApiKey', {
      name: `${platform.name}/api-key`,
      description: `api-key of ${platform.name}`,
      // In one stack a value has to be there before the services start: deploying, it is made up here.
      generateSecretString: process.env.CDK_ASSETS_BUCKET ? {} : undefined,
    });
    apiKey.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    const key = secretsmanager.Secret.fromSecretCompleteArn(this, 'ApiKeyValue', apiKey.ref);

    const datasets = new s3.Bucket(this, 'Datasets', {
      encryption: s3.BucketEncryption.S3_MANAGED,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      lifecycleRules: [{ id: 'unfinished-uploads', abortIncompleteMultipartUploadAfter: Duration.days(1) }],
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    const deadLetters = this.#queue('JobsDeadLetters', `${platform.name}-jobs-dead-letters`, {
      retentionPeriod: Duration.days(14),
      redriveAllowPolicy: {
        redrivePermission: sqs.RedrivePermission.BY_QUEUE,
        // By its arn's text, for the queue names this one already.
        sourceQueues: [sqs.Queue.fromQueueArn(this, 'JobsByName', Stack.of(this).formatArn({ service: 'sqs', resource: `${platform.name}-jobs` }))],
      },
    });
    const jobs = this.#queue('Jobs', `${platform.name}-jobs`, {
      visibilityTimeout: Duration.minutes(1),
      receiveMessageWaitTime: Duration.seconds(20),
      retentionPeriod: Duration.days(4),
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: 3 },
    });

    const environment = {
      AWS__Resources__datasets__BucketName: datasets.bucketName,
      AWS__Resources__jobs__QueueUrl: jobs.queueUrl,
      AWS__Resources__jobs__QueueArn: jobs.queueArn,
      AWS__Resources__jobs__DeadLetterQueueUrl: deadLetters.queueUrl,
    };
    const api = this.#service(platform, 'Api', {
      port: 8080,
      route: { path: '/*', priority: 1000, healthCheck: '/health' },
      environment: { ...environment, ASPNETCORE_HTTP_PORTS: '8080' },
      secrets: { Api__Key: ecs.Secret.fromSecretsManager(key) },
    });
    const worker = this.#service(platform, 'Worker', { environment });

    const apiRole = api.taskDefinition.taskRole;
    datasets.grantReadWrite(apiRole);
    datasets.grantDelete(apiRole);
    jobs.grantSendMessages(apiRole);
    const workerRole = worker.taskDefinition.taskRole;
    datasets.grantReadWrite(workerRole);
    datasets.grantDelete(workerRole);
    jobs.grantConsumeMessages(workerRole);
    worker.taskDefinition.addToTaskRolePolicy(new iam.PolicyStatement({
      actions: ['ecs:GetTaskProtection', 'ecs:UpdateTaskProtection'],
      resources: [Stack.of(this).formatArn({ service: 'ecs', resource: 'task', resourceName: `${platform.name}/*` })],
    }));

    const cooldown = { scaleInCooldown: Duration.minutes(5), scaleOutCooldown: Duration.minutes(1) };
    const apiScaling = api.service.autoScaleTaskCount({ minCapacity: 2, maxCapacity: 10 });
    apiScaling.scaleOnCpuUtilization('Cpu', { targetUtilizationPercent: 60, ...cooldown });
    apiScaling.scaleOnRequestCount('Requests', { requestsPerTarget: 1000, targetGroup: api.targetGroup, ...cooldown });
    this.#scaleOnBacklog(worker, jobs, { minCapacity: 1, maxCapacity: 10, messagesPerTask: 10 });

    api.alarmBelowDesired();
    worker.alarmBelowDesired();
    const waits = { treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING, comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD };
    const perMinute = { period: Duration.minutes(1), statistic: 'Maximum' };
    deadLetters.metricApproximateNumberOfMessagesVisible(perMinute).createAlarm(this, 'JobsDeadLettersAlarm', {
      alarmDescription: 'messages of jobs have failed for good', threshold: 0, evaluationPeriods: 1, ...waits,
    });
    jobs.metricApproximateAgeOfOldestMessage(perMinute).createAlarm(this, 'JobsAgeAlarm', {
      alarmDescription: 'the oldest message in jobs has waited for 15 minutes', threshold: 900, evaluationPeriods: 5, ...waits,
    });
    this.#dashboard(platform, api, worker, jobs, deadLetters, perMinute);
  }

  #queue(id, queueName, props) {
    return new sqs.Queue(this, id, {
      queueName,
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
      ...props,
    });
  }

  /** A service of an image that is in the stack's own repository, named by digest. */
  #service(platform, id, props) {
    const name = id.toLowerCase();
    const repository = new ecr.Repository(this, `${id}Repository`, {
      repositoryName: `${platform.name}/${name}`,
      imageTagMutability: ecr.TagMutability.IMMUTABLE,
      imageScanOnPush: true,
      lifecycleRules: [{ description: 'the last 50 contents', tagPatternList: ['content-*'], maxImageCount: 50 }],
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    const image = new CfnParameter(Stack.of(this), `${id}Image`, { allowedPattern: '^[^@\\s]+@sha256:[0-9a-f]{64}$', description: 'an image by digest' });
    const service = new ContainerService(this, id, { platform, name, image: ecs.ContainerImage.fromRegistry(image.valueAsString), ...props });
    repository.grantPull(service.taskDefinition.obtainExecutionRole());
    return service;
  }

  /** Target tracking on metric math, for which there is no construct of a higher level. */
  #scaleOnBacklog(worker, queue, { minCapacity, maxCapacity, messagesPerTask }) {
    const target = new appscaling.ScalableTarget(worker, 'TaskCount', {
      serviceNamespace: appscaling.ServiceNamespace.ECS,
      scalableDimension: 'ecs:service:DesiredCount',
      resourceId: `service/${worker.platform.cluster.clusterName}/${worker.service.serviceName}`,
      minCapacity,
      maxCapacity,
    });
    const metric = (id, { namespace, metricName, dimensions, statistic }) => ({
      id,
      returnData: false,
      metricStat: {
        stat: statistic,
        metric: { namespace, metricName, dimensions: Object.entries(dimensions).map(([name, value]) => ({ name, value })) },
      },
    });
    new appscaling.CfnScalingPolicy(worker, 'BacklogScaling', {
      policyName: 'worker-backlog',
      policyType: 'TargetTrackingScaling',
      scalingTargetId: target.scalableTargetId,
      targetTrackingScalingPolicyConfiguration: {
        targetValue: messagesPerTask,
        scaleInCooldown: 300,
        scaleOutCooldown: 60,
        customizedMetricSpecification: {
          metrics: [
            metric('waiting', queue.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum' })),
            metric('inhand', queue.metricApproximateNumberOfMessagesNotVisible({ statistic: 'Maximum' })),
            metric('running', worker.insight('RunningTaskCount', 'Average')),
            {
              id: 'backlog',
              label: 'messages for each running task',
              expression: '(FILL(waiting, 0) + FILL(inhand, 0)) / IF(FILL(running, 0) > 0, running, 1)',
              returnData: true,
            },
          ],
        },
      },
    });
  }

  #dashboard(platform, api, worker, jobs, deadLetters, perMinute) {
    const dashboard = new cloudwatch.Dashboard(this, 'Dashboard', { dashboardName: platform.name });
    const graph = (title, left) => new cloudwatch.GraphWidget({ title, left, width: 12, height: 6 });
    dashboard.addWidgets(
      graph('api: requests and 5xx', [api.ofTargets('RequestCount', 'Sum'), api.ofTargets('HTTPCode_Target_5XX_Count', 'Sum')]),
      graph('api: seconds to answer', [api.ofTargets('TargetResponseTime', 'p50', 'p50'), api.ofTargets('TargetResponseTime', 'p99', 'p99')]),
    );
    dashboard.addWidgets(
      graph('api: healthy targets', [api.ofTargets('HealthyHostCount', 'Minimum')]),
      graph('CPU, percent', [api, worker].map(({ service }) => service.metricCpuUtilization({ period: Duration.minutes(1) }))),
    );
    dashboard.addWidgets(
      graph('memory, percent', [api, worker].map(({ service }) => service.metricMemoryUtilization({ period: Duration.minutes(1) }))),
      graph('jobs: waiting, in hand, dead letters', [
        jobs.metricApproximateNumberOfMessagesVisible(perMinute),
        jobs.metricApproximateNumberOfMessagesNotVisible(perMinute),
        deadLetters.metricApproximateNumberOfMessagesVisible(perMinute),
      ]),
    );
    dashboard.addWidgets(graph('jobs: seconds that the oldest has waited', [jobs.metricApproximateAgeOfOldestMessage(perMinute)]));
    dashboard.addWidgets(new cloudwatch.LogQueryWidget({
      title: 'errors',
      logGroupNames: [api, worker].map(({ logGroup }) => logGroup.logGroupName),
      queryString: "filter LogLevel in ['Error', 'Critical'] | sort @timestamp desc | limit 50",
      width: 24,
      height: 6,
    }));
  }
}

module.exports = { Profiler };
