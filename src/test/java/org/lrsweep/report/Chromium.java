package org.lrsweep.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One tab of a headless Chromium, driven by the DevTools protocol. Collects what the page reports
 * as errors and what it asks the network for.
 */
final class Chromium implements AutoCloseable {
  static final Path BINARY = Path.of("/usr/bin/chromium");
  private static final String LISTENING = "DevTools listening on ";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final WebSocket socket;
  private final String session;
  private final AtomicInteger ids = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> replies = new ConcurrentHashMap<>();
  private final List<String> errors = Collections.synchronizedList(new ArrayList<>());
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private volatile CompletableFuture<Void> loaded = new CompletableFuture<>();

  private Chromium(Process process, String address) {
    this.process = process;
    this.socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(URI.create(address), new Listener())
            .join();
    String target =
        send("Target.createTarget", Map.of("url", "about:blank"), null).path("targetId").asText();
    this.session =
        send("Target.attachToTarget", Map.of("targetId", target, "flatten", true), null)
            .path("sessionId")
            .asText();

    for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
      call(domain + ".enable", Map.of());
    }
  }

  static boolean installed() {
    return Files.isExecutable(BINARY);
  }

  static Chromium start(Path emptyFolder) throws IOException {
    Process process =
        new ProcessBuilder(
                BINARY.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--remote-debugging-port=0",
                "--user-data-dir=" + emptyFolder,
                "about:blank")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    BufferedReader log = process.errorReader(StandardCharsets.UTF_8);

    for (String line = log.readLine(); line != null; line = log.readLine()) {
      if (line.startsWith(LISTENING)) {
        // Chromium stops when nobody reads its log.
        Thread reader = new Thread(() -> log.lines().forEach(ignored -> {}), "chromium-log");
        reader.setDaemon(true);
        reader.start();
        return connect(process, line.substring(LISTENING.length()));
      }
    }

    throw new IOException("chromium ended before it listened");
  }

  /** Nobody else would stop a browser that can't be talked to. */
  private static Chromium connect(Process process, String address) {
    boolean connected = false;

    try {
      Chromium chromium = new Chromium(process, address);
      connected = true;
      return chromium;
    } finally {
      if (!connected) {
        process.destroy();
      }
    }
  }

  /** Opens a page and waits until it is loaded. */
  void open(Path page) {
    errors.clear();
    requests.clear();
    loaded = new CompletableFuture<>();
    call("Page.navigate", Map.of("url", page.toUri().toString()));
    loaded.orTimeout(60, TimeUnit.SECONDS).join();
  }

  /** The value of an expression, for which a promise is waited. */
  JsonNode evaluate(String expression) {
    JsonNode reply =
        call(
            "Runtime.evaluate",
            Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));

    if (reply.has("exceptionDetails")) {
      throw new IllegalArgumentException(expression + ": " + reply.get("exceptionDetails"));
    }

    return reply.path("result").path("value");
  }

  /** The page as it is printed. */
  byte[] pdf() {
    return Base64.getDecoder().decode(call("Page.printToPDF", Map.of()).path("data").asText());
  }

  void resize(int width, int height) {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
  }

  void preferDark() {
    call(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
  }

  /** Moves the mouse to the middle of an element, which is scrolled into view. */
  void pointAt(String elementId) {
    JsonNode middle =
        evaluate(
            "(() => { const element = document.getElementById('"
                + elementId
                + "'); element.scrollIntoView({block: 'center'});"
                + " const box = element.getBoundingClientRect();"
                + " return [box.x + box.width / 2, box.y + box.height / 2]; })()");
    call(
        "Input.dispatchMouseEvent",
        Map.of("type", "mouseMoved", "x", middle.get(0).asDouble(), "y", middle.get(1).asDouble()));
  }

  /** The whole page as a PNG picture. */
  byte[] screenshot() {
    JsonNode picture =
        call("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true));
    return Base64.getDecoder().decode(picture.path("data").asText());
  }

  /** What the page reported since it was opened. */
  List<String> errors() {
    return List.copyOf(errors);
  }

  /** The addresses that the page asked for since it was opened. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  JsonNode call(String method, Map<String, ?> parameters) {
    return send(method, parameters, session);
  }

  private JsonNode send(String method, Map<String, ?> parameters, String sessionId) {
    int id = ids.incrementAndGet();
    CompletableFuture<JsonNode> reply = new CompletableFuture<>();
    replies.put(id, reply);
    var message = JSON.createObjectNode().put("id", id).put("method", method);
    message.set("params", JSON.valueToTree(parameters));

    if (sessionId != null) {
      message.put("sessionId", sessionId);
    }

    socket.sendText(message.toString(), true).join();
    return reply.orTimeout(60, TimeUnit.SECONDS).join();
  }

  private void receive(JsonNode message) {
    JsonNode parameters = message.path("params");

    if (message.has("id")) {
      replies.remove(message.get("id").asInt()).complete(message.path("result"));
      return;
    }

    switch (message.path("method").asText()) {
      case "Page.loadEventFired" -> loaded.complete(null);
      case "Runtime.exceptionThrown" -> errors.add(parameters.toString());
      case "Network.requestWillBeSent" ->
          requests.add(parameters.path("request").path("url").asText());
      case "Runtime.consoleAPICalled" -> {
        if (!parameters.path("type").asText().equals("log")) {
          errors.add(parameters.toString());
        }
      }
      case "Log.entryAdded" -> errors.add(parameters.toString());
      default -> {}
    }
  }

  @Override
  public void close() {
    socket.abort();
    process.destroy();
    process.onExit().orTimeout(10, TimeUnit.SECONDS).exceptionally(late -> kill()).join();
  }

  private Process kill() {
    return process.destroyForcibly().onExit().join();
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);

      if (last) {
        String message = text.toString();
        text.setLength(0);

        try {
          receive(JSON.readTree(message));
        } catch (IOException e) {
          errors.add(message);
        }
      }

      from.request(1);
      return null;
    }
  }
}
