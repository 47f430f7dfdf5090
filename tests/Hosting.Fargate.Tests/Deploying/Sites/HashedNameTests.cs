using Hosting.Fargate.Deploying.Sites;

namespace Hosting.Fargate.Tests.Deploying.Sites;

/// <summary>Which files of a front end stay in browsers for a year.</summary>
public sealed class HashedNameTests
{
    [Theory]
    [InlineData("assets/index-BvZ5HsqP.js")]
    [InlineData("assets/index-BvZ5-sqP.css")]
    [InlineData("assets/index-BvZHsqPx.js")]
    [InlineData("assets/logo-Bv5ZHsqx.svg")]
    [InlineData("static/js/main.8a3b4c5d.js")]
    [InlineData("static/js/main.8a3b4c5d.js.map")]
    [InlineData("static/media/photo.0123456789abcdef.jpg")]
    [InlineData("main-5QF3ZKQ2.js")]
    [InlineData("_nuxt/entry.js")]
    [InlineData("_next/static/abc/_buildManifest.js")]
    public void Names_that_bundlers_make(string path) => Assert.True(HashedNames.Match(path));

    [Theory]
    [InlineData("index.html")]
    [InlineData("favicon.ico")]
    [InlineData("assets/apple-touch-icon.png")]
    [InlineData("assets/logo-Portrait.png")]
    [InlineData("assets/HomePage-Overview.js")]
    [InlineData("styles/base16/windows-10-light.min.css")]
    [InlineData("js/host-webview2.js")]
    [InlineData("images/IMG-20240101.jpg")]
    [InlineData("images/IMG-DSC01234.jpg")]
    [InlineData("robots.txt")]
    [InlineData("service-worker.js")]
    [InlineData("jquery.min.js")]
    [InlineData(".well-known/assetlinks.json")]
    public void Names_that_people_give(string path) => Assert.False(HashedNames.Match(path));
}
