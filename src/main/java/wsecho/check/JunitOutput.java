package wsecho.check;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Results as JUnit writes them: a suite for each group. What cannot be told or was not
 * run is skipped, with the reason.
 *
 * @param out the document
 */
record JunitOutput(XMLStreamWriter out) {

	static void write(Path file, Target target, List<Result> results) throws IOException {
		try (Writer writer = Files.newBufferedWriter(file)) {
			XMLStreamWriter out = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(writer);
			new JunitOutput(out).write(target, results);
			out.close();
		}
		catch (XMLStreamException ex) {
			throw new IOException(ex);
		}
	}

	private void write(Target target, List<Result> results) throws XMLStreamException {
		Map<String, List<Result>> groups = results.stream()
			.collect(
					Collectors.groupingBy((result) -> result.check().group(), LinkedHashMap::new, Collectors.toList()));
		this.out.writeStartDocument("UTF-8", "1.0");
		this.out.writeStartElement("testsuites");
		for (Map.Entry<String, List<Result>> group : groups.entrySet()) {
			suite(target + " " + group.getKey(), group.getValue());
		}
		this.out.writeEndElement();
		this.out.writeEndDocument();
	}

	private void suite(String name, List<Result> results) throws XMLStreamException {
		Summary summary = new Summary(results);
		start("testsuite", name);
		this.out.writeAttribute("tests", "" + results.size());
		this.out.writeAttribute("failures", "" + summary.count(Verdict.FAILED));
		this.out.writeAttribute("skipped", "" + (summary.count(Verdict.CANT_TELL) + summary.count(Verdict.NOT_RUN)));
		for (Result result : results) {
			test(result);
		}
		this.out.writeEndElement();
	}

	private void start(String element, String name) throws XMLStreamException {
		this.out.writeCharacters("\n");
		this.out.writeStartElement(element);
		this.out.writeAttribute("name", name);
	}

	private void test(Result result) throws XMLStreamException {
		start("testcase", result.check().id());
		this.out.writeAttribute("classname", "wsecho." + result.check().group());
		this.out.writeAttribute("time", "" + result.millis() / 1000.0);
		switch (result.verdict()) {
			case FAILED -> message("failure", result);
			case CANT_TELL, NOT_RUN -> message("skipped", result);
			case PASS, CHANGED -> {
			}
		}
		this.out.writeStartElement("system-out");
		this.out.writeCharacters(result.verdict().text() + ": " + result.text() + "\n");
		for (Facts facts : result.facts()) {
			this.out.writeCharacters(facts.asMap() + "\n");
		}
		this.out.writeEndElement();
		this.out.writeEndElement();
	}

	private void message(String element, Result result) throws XMLStreamException {
		this.out.writeStartElement(element);
		this.out.writeAttribute("message", result.verdict().text() + ": " + result.text());
		this.out.writeEndElement();
	}

}
