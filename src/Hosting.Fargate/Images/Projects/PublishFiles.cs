using System.Xml.Linq;

namespace Hosting.Fargate.Images;

/// <summary>
/// What MSBuild is given: a project that publishes others or packs them into images, all in one call, and what is added to each of them.
/// </summary>
internal static class PublishFiles
{
    /// <summary>
    /// Read before every project's own. Projects of the same name in two folders each have their own folder in what is built: here, unlike
    /// beside the project, they would be built into one.
    /// </summary>
    public const string Names = """
        <Project>
          <PropertyGroup>
            <ArtifactsProjectName>$(MSBuildProjectName)-$([MSBuild]::StableStringHash('$([MSBuild]::MakeRelative($(ImageSourceRoot), $(MSBuildProjectFullPath)))', 'Fnv1a64bit').ToString('x16'))</ArtifactsProjectName>
          </PropertyGroup>
        </Project>
        """;

    /// <summary>
    /// Added to every project. Sources are named from the top of the checkout and the folder that is built in, so that where those are does
    /// not show in what is built; git is not asked, so that a commit does not either.
    /// </summary>
    public const string Targets = """
        <Project>
          <ItemGroup>
            <SourceRoot Include="$(ImageSourceRoot)" />
            <SourceRoot Include="$([MSBuild]::EnsureTrailingSlash('$(ArtifactsPath)'))" />
          </ItemGroup>

          <!-- A list within a property is one thing on a command line, and several here. -->
          <PropertyGroup Condition="'$(ImageTags)' != ''">
            <ContainerImageTags>$(ImageTags.Split('|'))</ContainerImageTags>
          </PropertyGroup>

          <Target Name="ImagePinBase" AfterTargets="ComputeContainerConfig" Condition="'$(ImageBaseDigest)' != '' and '$(ContainerBaseDigest)' == ''">
            <PropertyGroup>
              <ContainerBaseDigest>$(ImageBaseDigest)</ContainerBaseDigest>
            </PropertyGroup>
          </Target>

          <!-- What the SDK makes an image of, without what the clock and the SDK's own version say. -->
          <Target Name="ImageDescribe" DependsOnTargets="ComputeContainerConfig">
            <Error Condition="'$(IsPublishable)' == 'false' or '$(EnableSdkContainerSupport)' != 'true'"
                   Text="$(MSBuildProjectName) makes no image: set IsPublishable and EnableSdkContainerSupport to true in it." />
            <ItemGroup>
              <_ImageLabel Include="@(ContainerLabel)" Exclude="org.opencontainers.image.created;org.opencontainers.artifact.created;net.dot.sdk.version" />
              <_ImageSetting Include="Project" Value="$(MSBuildProjectFullPath)" />
              <_ImageSetting Include="Folder" Value="$([System.IO.Path]::GetFullPath('$(PublishDir)', '$(MSBuildProjectDirectory)'))" />
              <_ImageSetting Include="BaseRegistry" Value="$(ContainerBaseRegistry)" />
              <_ImageSetting Include="BaseName" Value="$(ContainerBaseName)" />
              <_ImageSetting Include="BaseTag" Value="$(ContainerBaseTag)" />
              <_ImageSetting Include="BaseDigest" Value="$(ContainerBaseDigest)" />
              <_ImageSetting Include="Platform" Value="$(ContainerRuntimeIdentifier)" />
              <_ImageSetting Include="Family" Value="$(ContainerFamily)" />
              <_ImageSetting Include="WorkingDirectory" Value="$(ContainerWorkingDirectory)" />
              <_ImageSetting Include="User" Value="$(ContainerUser)" />
              <_ImageSetting Include="Format" Value="$(ContainerImageFormat)" />
              <_ImageSetting Include="GenerateLabels" Value="$(ContainerGenerateLabels)" />
              <_ImageSetting Include="AppCommandInstruction" Value="$(ContainerAppCommandInstruction)" />
              <_ImageSetting Include="@(ContainerEntrypoint->'Entrypoint')" Value="%(ContainerEntrypoint.Identity)" />
              <_ImageSetting Include="@(ContainerEntrypointArgs->'EntrypointArgs')" Value="%(ContainerEntrypointArgs.Identity)" />
              <_ImageSetting Include="@(ContainerAppCommand->'AppCommand')" Value="%(ContainerAppCommand.Identity)" />
              <_ImageSetting Include="@(ContainerAppCommandArgs->'AppCommandArgs')" Value="%(ContainerAppCommandArgs.Identity)" />
              <_ImageSetting Include="@(ContainerDefaultArgs->'DefaultArgs')" Value="%(ContainerDefaultArgs.Identity)" />
              <_ImageSetting Include="@(ContainerPort->'Port')" Value="%(ContainerPort.Identity)/%(ContainerPort.Type)" />
              <_ImageSetting Include="@(ContainerEnvironmentVariables->'Environment')" Value="%(ContainerEnvironmentVariables.Identity)=%(ContainerEnvironmentVariables.Value)" />
              <_ImageSetting Include="@(_ImageLabel->'Label')" Value="%(_ImageLabel.Identity)=%(_ImageLabel.Value)" />
            </ItemGroup>
            <WriteLinesToFile File="$(ImageResults)$(ArtifactsProjectName).settings" Lines="@(_ImageSetting->'%(Identity)=%(Value)')" Overwrite="true" />
          </Target>

          <Target Name="ImageReport">
            <ItemGroup>
              <_ImageResult Include="digest" Value="$(GeneratedContainerDigest)" />
              <_ImageResult Include="manifest" Value="$(GeneratedContainerManifest)" />
            </ItemGroup>
            <WriteLinesToFile File="$(ImageResult)" Lines="@(_ImageResult->'%(Value)')" Overwrite="true" />
          </Target>
        </Project>
        """;

    /// <summary>A project that restores and publishes others and says what their images are made of.</summary>
    public static XDocument Publish(IEnumerable<string> projects, string properties) =>
        Project(
            projects.Select(project => new XElement("RestoreGraphProjectInputItems", new XAttribute("Include", Escape(project)))),
            new XElement("Import", new XAttribute("Project", "$(MSBuildToolsPath)/NuGet.targets")),
            new XElement("PropertyGroup", new XElement("Session", "$([System.Guid]::NewGuid())")),
            new XElement(
                "Target",
                new XAttribute("Name", "Images"),
                // What restoring writes is part of the projects: they are read anew after it, which another property makes MSBuild do.
                Call("$(MSBuildProjectFullPath)", "Restore", $"{properties};MSBuildRestoreSessionId=$(Session)"),
                Call("@(RestoreGraphProjectInputItems)", "Publish;ImageDescribe", properties)
            )
        );

    /// <summary>A project that makes images of what was published and pushes them.</summary>
    public static XDocument Push(IEnumerable<(string Project, string Properties)> images, string properties) =>
        Project(
            images.Select(image => new XElement(
                "Image",
                new XAttribute("Include", Escape(image.Project)),
                new XAttribute("AdditionalProperties", image.Properties)
            )),
            new XElement("Target", new XAttribute("Name", "Images"), Call("@(Image)", "PublishContainer;ImageReport", properties))
        );

    /// <summary>Properties as MSBuild takes them in a list.</summary>
    public static string Properties(params (string Name, string Value)[] properties) =>
        string.Join(';', properties.Select(property => $"{property.Name}={Escape(property.Value)}"));

    private static XDocument Project(IEnumerable<XElement> items, params XElement[] rest) =>
        new(new XElement("Project", new XElement("ItemGroup", items), rest));

    private static XElement Call(string projects, string targets, string properties) =>
        new(
            "MSBuild",
            new XAttribute("Projects", projects),
            new XAttribute("Targets", targets),
            new XAttribute("Properties", properties),
            new XAttribute("BuildInParallel", "true")
        );

    private static string Escape(string value) =>
        string.Concat(value.Select(c => "%$@'();?*".Contains(c) ? $"%{(int)c:X2}" : c.ToString()));
}
