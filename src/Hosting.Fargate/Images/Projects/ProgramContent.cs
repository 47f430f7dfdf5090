using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Hosting.Fargate.Images;

/// <summary>
/// The content of a file of a program, without what is another number at each place or with each build: the compiler puts the text of
/// generated sources into the symbols, Razor puts the full path of a page into that text, the generator of log messages up to .NET 10 has
/// its classes in any order (https://github.com/dotnet/runtime/issues/119587), and the assembly has a hash over it all as its identity.
/// </summary>
internal static class ProgramContent
{
    /// <summary>What Portable PDB calls the text of a source.</summary>
    private static readonly Guid s_embeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    public static async Task<byte[]> HashAsync(string path, CancellationToken cancellationToken)
    {
        var bytes = await File.ReadAllBytesAsync(path, cancellationToken);
        try
        {
            return Path.GetExtension(path) switch
            {
                ".dll" => SHA256.HashData(WithoutIdentity(bytes)),
                ".pdb" when bytes.AsSpan().StartsWith("BSJB"u8) => OfSymbols(bytes),
                _ => SHA256.HashData(bytes),
            };
        }
        catch (BadImageFormatException)
        {
            return SHA256.HashData(bytes);
        }
    }

    private static byte[] WithoutIdentity(byte[] bytes)
    {
        using var file = new PEReader(new MemoryStream(bytes));
        var headers = file.PEHeaders;
        if (!file.HasMetadata)
        {
            return bytes;
        }

        var metadata = file.GetMetadataReader();
        var identity = metadata.GetModuleDefinition().Mvid;
        var content = bytes.ToArray();
        content.AsSpan(headers.CoffHeaderStartOffset + 4, sizeof(int)).Clear();
        content.AsSpan(headers.PEHeaderStartOffset + 64, sizeof(int)).Clear();
        content
            .AsSpan(
                headers.MetadataStartOffset
                    + metadata.GetHeapMetadataOffset(HeapIndex.Guid)
                    + ((metadata.GetHeapOffset(identity) - 1) * 16),
                16
            )
            .Clear();
        Clear(headers.PEHeader!.DebugTableDirectory);
        Clear(headers.CorHeader!.StrongNameSignatureDirectory);
        foreach (var entry in file.ReadDebugDirectory().Where(entry => entry.DataPointer > 0))
        {
            content.AsSpan(entry.DataPointer, entry.DataSize).Clear();
        }

        return content;

        void Clear(DirectoryEntry directory)
        {
            if (directory.Size > 0 && headers.TryGetDirectoryOffset(directory, out var offset))
            {
                content.AsSpan(offset, directory.Size).Clear();
            }
        }
    }

    /// <summary>What a stack trace shows of what was written by hand: the files, and which line each instruction is of.</summary>
    private static byte[] OfSymbols(byte[] bytes)
    {
        using var provider = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(bytes));
        var reader = provider.GetMetadataReader();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        HashSet<DocumentHandle> generated = [];
        foreach (var handle in reader.Documents)
        {
            // Only the text of generated sources is inside.
            if (
                reader
                    .GetCustomDebugInformation(handle)
                    .Any(one => reader.GetGuid(reader.GetCustomDebugInformation(one).Kind) == s_embeddedSource)
            )
            {
                generated.Add(handle);
                continue;
            }

            var document = reader.GetDocument(handle);
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes(reader.GetString(document.Name)));
            hash.AppendData(reader.GetBlobBytes(document.Hash));
        }

        // What initializes fields can be of several files.
        foreach (
            var point in reader.MethodDebugInformation.SelectMany(handle => reader.GetMethodDebugInformation(handle).GetSequencePoints())
        )
        {
            if (!generated.Contains(point.Document))
            {
                int[] place = [point.Offset, point.StartLine, point.StartColumn, point.EndLine, point.EndColumn];
                hash.AppendData(MemoryMarshal.AsBytes<int>(place));
            }
        }

        return hash.GetHashAndReset();
    }
}
