using Deploy.AppHost;

// Told to by a variable, it does one verb after the other: most of what a verb takes is the start of its process.
if (Environment.GetEnvironmentVariable(Requests.Variable) is not null)
{
    Requests.Serve(Shop.Run);
}
else
{
    Shop.Run(args);
}
