"""PDF documents and QR codes."""
