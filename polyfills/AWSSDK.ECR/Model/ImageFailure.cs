namespace Amazon.ECR.Model;

public partial class ImageFailure
{
    public ImageFailureCode FailureCode { get; set; }

    public string FailureReason { get; set; }

    public ImageIdentifier ImageId { get; set; }
}
