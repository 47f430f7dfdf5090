using Hosting.Fargate.Application;
using Hosting.Fargate.Images;

namespace Hosting.Fargate.Tests.Images;

/// <summary>What is read in a Dockerfile, however it is written: https://docs.docker.com/reference/dockerfile/.</summary>
public sealed class DockerfileTextTests
{
    [Fact]
    public void The_images_it_builds_on_are_those_it_names_with_arguments_filled_in()
    {
        const string Text = """
            ARG VERSION=20
            ARG FLAVOR="alpine"
            FROM --platform=$BUILDPLATFORM node:${VERSION}-${FLAVOR} AS build
            ARG VERSION=ignored
            FROM build AS test
            FROM nginx:${TAG:-stable}
            COPY --from=build /app /app
            COPY --from=0 /app /app
            COPY --chown=1 --from=example.com/tools:1 /tool /tool
            FROM scratch
            """;

        Assert.Equal(["node:22-alpine", "nginx:stable", "example.com/tools:1"], BasesOf(Text, ("VERSION", "22")));
    }

    [Theory]
    [InlineData("ARG REPO=a.io/b\nARG IMAGE=${REPO}/c:${TAG:-1}\nFROM $IMAGE", "a.io/b/c:1")]
    [InlineData("ARG A=1 B='2'\nFROM a:$A$B", "a:12")]
    [InlineData("ARG TAG\nFROM a:${TAG:-1}", "a:1")]
    [InlineData("ARG FLAVOR=alpine\nFROM a:1${FLAVOR:+-$FLAVOR}", "a:1-alpine")]
    [InlineData("FROM a:${TAG:-${OTHER:-2}}", "a:2")]
    [InlineData("FROM base-${TARGETARCH} AS final", "base-arm64")]
    [InlineData("FROM a AS base-arm64\nFROM base-$TARGETARCH", "a")]
    [InlineData("FROM \\\n  # the base\n\n  --platform=linux/amd64 \\\n  a:1 \\\n  AS final", "a:1")]
    [InlineData("# escape=`\nFROM `\n  a:1\nRUN dir c:\\\nFROM b", "a:1,b")]
    [InlineData("\uFEFF# syntax=docker/dockerfile:1\r\nfrom a as b\r\nfrom B\r\n", "a")]
    [InlineData("FROM a\nRUN echo \\\nFROM b", "a")]
    [InlineData("FROM a\nRUN <<EOF cat > /b\nFROM b\nEOF\nFROM c", "a,c")]
    [InlineData("FROM a\nCOPY <<-'one' /1 <<two /2\nFROM b\n\tone\nFROM c\ntwo\nFROM d", "a,d")]
    [InlineData("FROM a\nRUN echo $((1<<2)) '<<EOF' <<<x\nFROM b", "a,b")]
    [InlineData("FROM a\nRUN cat <<EOF\nFROM b", "a,b")]
    [InlineData(
        "FROM a\nRUN --mount=type=cache,target=/x \\\n  --mount=type=bind,from=ghcr.io/c/uv:1,source=/uv,target=/uv uv",
        "a,ghcr.io/c/uv:1"
    )]
    [InlineData("FROM a AS b\nRUN --mount=from=b,target=/x true\nCOPY --link --from=c / /", "a,c")]
    [InlineData("\tFROM\ta:1\tAS\tb", "a:1")]
    public void However_it_is_written(string text, string bases) => Assert.Equal(bases.Split(','), BasesOf(text));

    [Theory]
    [InlineData("FROM a\nRUN \\\n  --mount=type=cache,target=/x true", true)]
    [InlineData("FROM a\nCOPY <<EOF /x\ny\nEOF", true)]
    [InlineData("FROM a\nCOPY --chown=1 --chmod=755 a b", true)]
    [InlineData("FROM --platform=$BUILDPLATFORM a", true)]
    [InlineData("FROM a\nARG TARGETARCH", true)]
    [InlineData("FROM a\nARG TARGETARCH=amd64", false)]
    [InlineData("FROM a\nRUN echo $((1<<2)) && grep -- --mount x", false)]
    [InlineData("FROM a\n# RUN --mount=type=cache true\nCOPY --from=b --chown=1 / /", false)]
    public void BuildKit_is_needed_for_what_it_alone_knows(string text, bool isNeeded) =>
        Assert.Equal(isNeeded, DockerfileText.NeedsBuildKit(new EngineBuild("web", "web") { Architecture = Architecture.X64 }, text));

    private static IReadOnlyList<string> BasesOf(string text, params (string Name, string Value)[] arguments) =>
        DockerfileText.BasesOf(
            text,
            Architecture.Arm64,
            arguments.ToDictionary(argument => argument.Name, argument => argument.Value, StringComparer.Ordinal)
        );
}
