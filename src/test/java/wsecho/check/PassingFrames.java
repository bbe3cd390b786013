package wsecho.check;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** How a relay that reads frames passes on those of a client. */
final class PassingFrames {

	private static final int LARGEST = 65_535;

	private PassingFrames() {
	}

	static void cutLarge(InputStream client, OutputStream server, OutputStream back) throws IOException {
		DataInputStream in = new DataInputStream(client);
		OutputStream out = new BufferedOutputStream(server);
		String head = "";
		// a browser sends several requests on one connection
		while (!head.contains("Upgrade: websocket\r\n")) {
			head = Passing.head(in);
			out.write(head.getBytes(StandardCharsets.ISO_8859_1));
			out.flush();
		}
		while (true) {
			int first = in.readUnsignedByte();
			int second = in.readUnsignedByte();
			ByteBuffer header = ByteBuffer.allocate(10).put((byte) first).put((byte) second);
			long length = second & 0x7F;
			if (length == 126) {
				length = in.readUnsignedShort();
				header.putShort((short) length);
			}
			else if (length == 127) {
				length = in.readLong();
				header.putLong(length);
			}
			if (length > LARGEST) {
				back.write(new byte[] { (byte) 0x88, 2, 3, (byte) 0xF1 });
				out.write(new byte[] { (byte) 0x88, (byte) 0x82, 0, 0, 0, 0, 3, (byte) 0xE9 });
				out.flush();
				// a connection that is closed with something unread is reset, and the reset may overtake the Close
				in.transferTo(OutputStream.nullOutputStream());
				return;
			}
			out.write(header.array(), 0, header.position());
			out.write(in.readNBytes((int) length + Integer.BYTES));
			out.flush();
		}
	}

}
