using Aspire.Hosting;

namespace Hosting.Fargate;

/// <summary>How the files of a front end are built, and where browsers find them.</summary>
[AspireExport(ExposeProperties = true, ExposeMethods = true)]
public sealed class StaticSite
{
    private string? _outputFolder;
    private string? _host;

    internal StaticSite() { }

    /// <summary>
    /// Where the build leaves the files: a folder below the application's own, such as <c>dist/shop/browser</c>, or an absolute path in
    /// the image where they are built in a container. Unless set, what <c>WithContainerFilesSource</c> says, else <c>dist</c>.
    /// </summary>
    /// <exception cref="ArgumentException">Empty.</exception>
    public string? OutputFolder
    {
        get => _outputFolder;
        set =>
            _outputFolder =
                value is null || value.Trim().Length > 0
                    ? value
                    : throw new ArgumentException("The folder of the files has no name. It is one such as dist.", nameof(value));
    }

    /// <summary>
    /// A name of its own, such as <c>admin.example.com</c>, which takes <c>WithDomain</c> of the environment. Unless set, the first site
    /// has the application's address, where no service has the route <c>/*</c>, and each other an address of its own.
    /// </summary>
    /// <exception cref="ArgumentException">No name of a host.</exception>
    public string? Host
    {
        get => _host;
        set =>
            _host =
                value is null || (value.Length <= 64 && value.Contains('.') && Uri.CheckHostName(value) == UriHostNameType.Dns)
                    ? value?.ToLowerInvariant()
                    : throw new ArgumentException(
                        $"'{value}' is no name of a host with at most 64 characters, such as admin.example.com.",
                        nameof(value)
                    );
    }

    /// <summary>
    /// Whether an address that names no file, such as <c>/orders/7</c>, is <c>/index.html</c>, for an application that has its pages in
    /// one. It is unless set; else <c>/about</c> and <c>/about/</c> are <c>/about/index.html</c>. A file is what has a dot in the last
    /// part of its path. What routes lead to services is left alone, their 404 too.
    /// </summary>
    public bool DeepLinks { get; set; } = true;

    /// <summary>Whether Docker or Podman builds the files, from the Dockerfile that the model generates or the author wrote.</summary>
    public bool BuildInContainer { get; set; }

    internal (string Program, IReadOnlyList<string> Arguments)? Build { get; private set; }

    /// <summary>
    /// Builds the files with a program on the machine that deploys, in the application's folder, in place of the package manager and the
    /// script that <c>AddViteApp</c> and <c>AddJavaScriptApp</c> say.
    /// </summary>
    /// <param name="program">The program, on PATH.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <exception cref="ArgumentException">The program has no name.</exception>
    [AspireExportIgnore(Reason = "Its second parameter is a word of JavaScript: buildByProgram.")]
    public StaticSite BuildWith(string program, params string[] arguments)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(program);
        ArgumentNullException.ThrowIfNull(arguments);
        Build = (program, [.. arguments]);
        return this;
    }
}
