namespace Amazon.ECR.Model;

public class Image
{
    public string ImageManifest { get; set; }
}
