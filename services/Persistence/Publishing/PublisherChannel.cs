using System.Globalization;
using System.Threading.Channels;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace LoopBus.Persistence.Publishing;

/// <summary>One connection with one channel for publishing, used until its first trouble and then thrown away: no state outlives a failure.</summary>
internal sealed class PublisherChannel : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly CreateChannelOptions Confirming = new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: false);

    private readonly IConnection connection;
    private readonly IChannel channel;
    private readonly Unconfirmed unconfirmed = new();
    private readonly HashSet<(string Exchange, ExchangeKind Kind)> declared = [];
    private readonly CancellationTokenSource broken = new();
    private Exception? trouble;

    private PublisherChannel(IConnection connection, IChannel channel)
    {
        (this.connection, this.channel) = (connection, channel);
        channel.BasicAcksAsync += (_, ack) => Done(() => unconfirmed.Settle(ack.DeliveryTag, ack.Multiple));
        channel.BasicNacksAsync += (_, nack) => Done(() => unconfirmed.Settle(
            nack.DeliveryTag, nack.Multiple, new MessageReturnedException("The broker refused the message: its queue is full, or could not store it.")));
        channel.BasicReturnAsync += (_, returned) => Done(() => unconfirmed.Returned(returned));
        channel.ChannelShutdownAsync += (_, reason) => Done(() => Break(new IOException($"The channel was closed: {reason.ReplyCode} {reason.ReplyText}.")));
    }

    public static async Task<PublisherChannel> Open(IConnectionFactory factory, CancellationToken cancellationToken)
    {
        var opened = await Bounded(factory.CreateConnectionAsync(cancellationToken), cancellationToken);
        try
        {
            return new PublisherChannel(opened, await Bounded(opened.CreateChannelAsync(Confirming, cancellationToken), cancellationToken));
        }
        catch
        {
            await Close(opened);
            throw;
        }
    }

    /// <summary>Publishes what is read, in order and without waiting for confirms in between, until the channel breaks.</summary>
    public async Task Run(ChannelReader<Publication> publications, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(broken.Token, cancellationToken);
        try
        {
            while (await publications.WaitToReadAsync(either.Token))
                while (!broken.IsCancellationRequested && publications.TryRead(out var publication))
                    await Publish(publication, either.Token);
        }
        catch (OperationCanceledException) when (trouble is not null)
        {
            throw new IOException(trouble.Message, trouble);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Break(new IOException("The publisher's connection was closed."));
        unconfirmed.End(trouble!);
        await Close(connection);
        broken.Dispose();
    }

    private async Task Publish(Publication publication, CancellationToken cancellationToken)
    {
        if (!publication.Begin(() => Break(new TimeoutException("The broker did not confirm in time."))))
            return;
        try
        {
            await Declare(publication.Message, cancellationToken);
        }
        catch (Exception exception)
        {
            // An exchange that is declared otherwise is this message's trouble alone.
            publication.Fail(exception);
            if (exception is OperationCanceledException)
                throw;
            return;
        }
        unconfirmed.Add(publication);
        var message = publication.Message;
        var published = channel.BasicPublishAsync(message.Exchange, message.RoutingKey, message.Mandatory, Properties(publication), publication.Body, cancellationToken);
        // The client's own waits may never end once its connection is gone (rabbitmq-dotnet-client issues 1826 and 1930).
        if (!published.IsCompletedSuccessfully)
            await published.AsTask().WaitAsync(cancellationToken);
    }

    private async Task Declare(AmqpMessage message, CancellationToken cancellationToken)
    {
        if (message.Declared is not { } kind || declared.Contains((message.Exchange, kind)))
            return;
        // The service that hears an act has declared its exchange, as a rule: those that say it need no right to.
        if (!await IsDeclared(message.Exchange, cancellationToken).WaitAsync(cancellationToken))
            await DeclareApart(message.Exchange, kind, cancellationToken).WaitAsync(cancellationToken);
        declared.Add((message.Exchange, kind));
    }

    // On a channel of its own, as is the declaration: what the broker refuses closes its channel.
    private async Task<bool> IsDeclared(string exchange, CancellationToken cancellationToken)
    {
        await using var apart = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        try
        {
            await apart.ExchangeDeclarePassiveAsync(exchange, cancellationToken);
            return true;
        }
        catch (OperationInterruptedException refused) when (refused.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            return false;
        }
    }

    private async Task DeclareApart(string exchange, ExchangeKind kind, CancellationToken cancellationToken)
    {
        await using var apart = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        await apart.ExchangeDeclareAsync(exchange, kind.Type, kind.Durable, kind.AutoDelete, cancellationToken: cancellationToken);
    }

    private void Break(Exception error)
    {
        if (Interlocked.CompareExchange(ref trouble, error, null) is null)
            _ = broken.CancelAsync();
    }

    private static BasicProperties Properties(Publication publication)
    {
        var message = publication.Message;
        var properties = new BasicProperties
        {
            ContentType = message.ContentType,
            DeliveryMode = message.Durable ? DeliveryModes.Persistent : DeliveryModes.Transient,
            Headers = message.Headers,
        };
        if (message.MessageId is not null)
            properties.MessageId = message.MessageId;
        if (message.CorrelationId is not null)
            properties.CorrelationId = message.CorrelationId;
        if (message.ReplyTo is not null)
            properties.ReplyTo = message.ReplyTo;
        if (message.Type is not null)
            properties.Type = message.Type;
        if (publication.TimeToLive is { } timeToLive)
            properties.Expiration = Math.Max(1, (long)timeToLive.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        return properties;
    }

    private static Task Done(Action action)
    {
        action();
        return Task.CompletedTask;
    }

    private static async Task<T> Bounded<T>(Task<T> opening, CancellationToken cancellationToken)
        where T : IAsyncDisposable
    {
        try
        {
            return await opening.WaitAsync(Patience, cancellationToken);
        }
        catch
        {
            // One that opens after all is not left open.
            _ = opening.ContinueWith(late => late.Result.DisposeAsync().AsTask(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
            throw;
        }
    }

    private static async Task Close(IConnection connection)
    {
        try
        {
            await connection.DisposeAsync().AsTask().WaitAsync(Patience);
        }
        catch (Exception)
        {
            // It is thrown away: nothing of it is needed any more.
        }
    }
}
