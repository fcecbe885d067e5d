import { escapeXml } from './http-endpoint.ts'
import { S3Error } from './s3-error.ts'
import type { ObjectFolder } from './s3-folder.ts'

/**
 * ListObjectsV2's answer: keys in UTF-8 binary order after the given place, at most `max-keys`
 * of keys and common prefixes together.
 */
export function listObjectsXml(folder: ObjectFolder, bucket: string, query: URLSearchParams): string {
  const prefix = query.get('prefix') ?? ''
  const delimiter = query.get('delimiter') ?? ''
  const maxKeys = Math.min(Number(query.get('max-keys') ?? 1000), 1000)
  if (!Number.isInteger(maxKeys) || maxKeys < 0)
    throw new S3Error('InvalidArgument', 'max-keys is not a number')
  const token = query.get('continuation-token')
  const after = token === null ? (query.get('start-after') ?? '') : Buffer.from(token, 'base64url').toString()
  const encode = query.get('encoding-type') === 'url' ? encodeListed : (text: string) => text

  // A listed entry is a key, or a common prefix that stands for all keys under it.
  const entries: { name: string; isPrefix: boolean; last: string }[] = []
  let truncated = false
  for (const key of folder.keys(bucket, prefix)) {
    if (after !== '' && Buffer.compare(Buffer.from(key), Buffer.from(after)) <= 0) continue
    const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length)
    const name = end === -1 ? key : key.slice(0, end + delimiter.length)
    const previous = entries.at(-1)
    if (end !== -1 && previous?.isPrefix === true && previous.name === name) {
      previous.last = key
      continue
    }
    if (entries.length === maxKeys) {
      truncated = true
      break
    }
    entries.push({ name, isPrefix: end !== -1, last: key })
  }

  const contents = entries
    .filter((entry) => !entry.isPrefix)
    .map(({ name }) => {
      const stored = folder.head(bucket, name)
      if (stored === undefined) return ''
      return `<Contents>${element('Key', encode(name))}${element('LastModified', stored.modifiedAt)}${element('ETag', `"${stored.etag}"`)}${element('Size', stored.size)}${element('StorageClass', 'STANDARD')}</Contents>`
    })
  const prefixes = entries
    .filter((entry) => entry.isPrefix)
    .map(({ name }) => `<CommonPrefixes>${element('Prefix', encode(name))}</CommonPrefixes>`)
  const last = entries.at(-1)?.last
  return [
    '<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">',
    element('Name', bucket),
    element('Prefix', encode(prefix)),
    delimiter === '' ? '' : element('Delimiter', encode(delimiter)),
    element('MaxKeys', maxKeys),
    element('KeyCount', entries.length),
    element('IsTruncated', truncated),
    query.get('encoding-type') === 'url' ? element('EncodingType', 'url') : '',
    token === null ? '' : element('ContinuationToken', token),
    truncated && last !== undefined
      ? element('NextContinuationToken', Buffer.from(last).toString('base64url'))
      : '',
    ...contents,
    ...prefixes,
    '</ListBucketResult>',
  ].join('')
}

/** ListObjectVersions' answer: the one version of each object, in the order of their keys. */
export function listVersionsXml(folder: ObjectFolder, bucket: string, query: URLSearchParams): string {
  const prefix = query.get('prefix') ?? ''
  const maxKeys = Math.min(Number(query.get('max-keys') ?? 1000), 1000)
  if (!Number.isInteger(maxKeys) || maxKeys < 1)
    throw new S3Error('InvalidArgument', 'max-keys is not a number')
  const after = query.get('key-marker') ?? ''
  const encode = query.get('encoding-type') === 'url' ? encodeListed : (text: string) => text
  const left = folder
    .keys(bucket, prefix)
    .filter((key) => after === '' || Buffer.compare(Buffer.from(key), Buffer.from(after)) > 0)
  const keys = left.slice(0, maxKeys)
  const truncated = left.length > keys.length
  return [
    '<?xml version="1.0" encoding="UTF-8"?>\n<ListVersionsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">',
    element('Name', bucket),
    element('Prefix', encode(prefix)),
    element('KeyMarker', encode(after)),
    element('MaxKeys', maxKeys),
    element('IsTruncated', truncated),
    query.get('encoding-type') === 'url' ? element('EncodingType', 'url') : '',
    truncated ? element('NextKeyMarker', encode(keys.at(-1) ?? '')) : '',
    truncated ? element('NextVersionIdMarker', 'null') : '',
    ...keys.map((key) => {
      const stored = folder.head(bucket, key)
      if (stored === undefined) return ''
      return `<Version>${element('Key', encode(key))}${element('VersionId', 'null')}${element('IsLatest', true)}${element('LastModified', stored.modifiedAt)}${element('ETag', `"${stored.etag}"`)}${element('Size', stored.size)}${element('StorageClass', 'STANDARD')}</Version>`
    }),
    '</ListVersionsResult>',
  ].join('')
}

const element = (name: string, text: string | number | boolean): string =>
  `<${name}>${escapeXml(`${text}`)}</${name}>`

const encodeListed = (text: string): string => encodeURIComponent(text).replaceAll('%2F', '/')
