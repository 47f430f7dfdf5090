using Deploy.Faults.AppHost;

SmallApplication.Build(args).Run();
