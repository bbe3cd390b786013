package wsecho.check.report;

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

import wsecho.check.table.Facts;
import wsecho.check.table.Result;
import wsecho.check.table.Verdict;

/**
 * Results as JUnit writes them: a suite for each group. What cannot be told or was not
 * run is skipped, with the reason.
 *
 * @param file the file
 */
record JunitOutput(Path file) implements Output {

	@Override
	public void finish(List<Report> reports) throws IOException {
		try (Writer writer = Files.newBufferedWriter(this.file)) {
			XMLStreamWriter out = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(writer);
			new Document(out).write(reports);
			out.close();
		}
		catch (XMLStreamException ex) {
			throw new IOException(ex);
		}
	}

	/**
	 * The document.
	 *
	 * @param out writes it
	 */
	private record Document(XMLStreamWriter out) {

		void write(List<Report> reports) throws XMLStreamException {
			this.out.writeStartDocument("UTF-8", "1.0");
			this.out.writeStartElement("testsuites");
			for (Report report : reports) {
				for (Map.Entry<String, List<Result>> group : groups(report).entrySet()) {
					suite(report.route().target() + " " + group.getKey(), group.getValue());
				}
			}
			this.out.writeEndElement();
			this.out.writeEndDocument();
		}

		private static Map<String, List<Result>> groups(Report report) {
			return report.results()
				.stream()
				.collect(Collectors.groupingBy((result) -> result.check().group(), LinkedHashMap::new,
						Collectors.toList()));
		}

		private void suite(String name, List<Result> results) throws XMLStreamException {
			Summary summary = new Summary(results);
			start("testsuite", name);
			this.out.writeAttribute("tests", "" + results.size());
			this.out.writeAttribute("failures", "" + summary.count(Verdict.FAILED));
			this.out.writeAttribute("skipped",
					"" + (summary.count(Verdict.CANT_TELL) + summary.count(Verdict.NOT_RUN)));
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
}
